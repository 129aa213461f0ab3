# Reads the PlanData files of a folder as regional analysts do: all files that end in .xlsm, the sheet PlanData as text, 26 names
# given, the first row skipped, rows kept whose ICSCode is the file's name. Writes them as one CSV.
library(readxl)

arguments <- commandArgs(trailingOnly = TRUE)
names <- c(
  "RegionName", "RegionCode", "ICSCode", "ICSName", "OrgCode", "OrgName", "DimensionID", "DimDateStart", "DimensionName",
  "PlanningRef", "MeasureID", "MeasureName", "MeasureType", "Value_Actuals", "Value_Plans", "OriginalBedCore",
  "OriginalBedEsc", "OriginalBedAddedEsc", "OrgCodeCalc", "Plan_restated", "RestatedBedCore", "RestatedBedEsc",
  "RestatedBedAddedEsc", "helper 1", "helper 2", "helper 3"
)
files <- list.files(arguments[1], pattern = "\\.xlsm$", full.names = TRUE)
read <- function(file) {
  rows <- read_excel(file, sheet = "PlanData", col_types = "text", col_names = names, skip = 1)
  rows[rows$ICSCode == tools::file_path_sans_ext(basename(file)), ]
}
write.csv(do.call(rbind, lapply(files, read)), arguments[2], row.names = FALSE, na = "", fileEncoding = "UTF-8")
