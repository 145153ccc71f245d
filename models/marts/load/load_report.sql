{#- What the load read and where every row went; kept is counted in staging, superseded among the accepted rows. -#}
{% set tables = [
    "erp__customers",
    "erp__suppliers",
    "erp__products",
    "erp__users",
    "erp__sales_order_lines",
    "erp__returns",
    "erp__return_lines",
    "erp__return_status_changes",
    "erp__dispositions",
    "erp__credit_memos",
    "erp__replacement_orders",
    "erp__supplier_claims",
    "erp__stock_postings",
    "wms__sites",
    "wms__receipts",
    "wms__inspections",
    "wms__stock_moves",
    "crm__cases",
    "crm__case_events",
    "crm__messages",
    "tms__tracking_events",
    "middleware__messages",
    "reference__entities",
    "reference__calendars",
    "reference__holidays",
    "reference__fx_rates",
    "reference__code_map",
    "reference__reasons",
    "reference__dispositions",
    "reference__sla_targets",
    "reference__policies",
    "reference__kpi_targets",
] %}
with
    files as (select * from {{ source("raw", "load_files") }}),

    read_rows as (
        select system, table_name, sum(rows_read) as rows_read, sum(rows_quarantined) as rows_quarantined
        from files
        group by system, table_name
    ),

    kept_rows as (
        {% for table in tables %}
            {%- set system, name = table.split("__") %}
            select
                {{ loop.index }} as table_position,
                '{{ system }}' as system,
                '{{ name }}' as table_name,
                (select count(*) from {{ source("raw", table) }}) as rows_accepted,
                (select count(*) from {{ ref("stg_" ~ table) }}) as rows_kept
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    final as (
        select
            kept_rows.table_position,
            kept_rows.system,
            kept_rows.table_name,
            cast(coalesce(read_rows.rows_read, 0) as bigint) as rows_read,
            kept_rows.rows_kept,
            kept_rows.rows_accepted - kept_rows.rows_kept as rows_superseded,
            cast(coalesce(read_rows.rows_quarantined, 0) as bigint) as rows_quarantined
        from kept_rows
        left join read_rows on read_rows.system = kept_rows.system and read_rows.table_name = kept_rows.table_name
    )

select *
from final
