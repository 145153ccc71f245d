{{ kpi_totals(ref("kpi_items"), ref("kpi_measures")) }}
