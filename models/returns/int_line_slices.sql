{{ config(materialized="view") }}
{#- What a return line is grouped by: its own goods, its return's site and channel. -#}
with
    return_lines as (select * from {{ ref("return_lines") }}),
    slices as (select * from {{ ref("int_return_slices") }}),

    final as (
        select
            return_lines.return_id,
            return_lines.line_no,
            slices.site,
            slices.channel,
            return_lines.reason,
            coalesce(return_lines.category, 'missing') as category,
            coalesce(return_lines.supplier_id, 'missing') as supplier
        from return_lines
        inner join slices on slices.return_id = return_lines.return_id
    )

select *
from final
