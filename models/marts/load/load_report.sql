{#- What the load read and where every row went; kept is counted in staging, superseded among the accepted rows. -#}
with
    files as (select * from {{ source("raw", "load_files") }}),

    read_rows as (
        select system, table_name, sum(rows_read) as rows_read, sum(rows_quarantined) as rows_quarantined
        from files
        group by system, table_name
    ),

    kept_rows as (
        {% for table in extract_tables() %}
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
