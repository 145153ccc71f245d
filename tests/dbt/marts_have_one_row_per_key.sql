-- A return counts once in each KPI, an object once in each exception rule.
{{
    models_with_repeated_keys(
        [
            "cases",
            "kpi_items",
            "kpi_summary",
            "exceptions",
            "edges",
            "variants",
            "handoffs",
            "load_report",
        ]
    )
}}
