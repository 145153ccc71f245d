{#- What each decided return line cost and what came back, in the reporting currency of the month of its first decision. -#}
with
    return_lines as (select * from {{ ref("return_lines") }}),
    returns as (select * from {{ ref("returns") }}),
    dispositions as (select * from {{ ref("dispositions") }}),
    supplier_claims as (select * from {{ ref("supplier_claims") }}),
    slices as (select * from {{ ref("int_line_slices") }}),
    fx_rates as (select * from {{ ref("stg_reference__fx_rates") }}),

    first_decisions as (
        select return_id, line_no, min(decided_at) as decided_at from dispositions group by return_id, line_no
    ),

    decided as (
        select
            return_lines.*,
            first_decisions.decided_at,
            {{ local_date("first_decisions.decided_at", "returns.time_zone") }} as decided_date
        from return_lines
        inner join returns on returns.return_id = return_lines.return_id
        inner join
            first_decisions
            on first_decisions.return_id = return_lines.return_id
            and first_decisions.line_no = return_lines.line_no
    ),

    executed as (
        select
            decided.return_id,
            decided.line_no,
            sum(dispositions.quantity) as executed_quantity,
            sum({{ reporting_amount("dispositions.recovered_value", "rates.rate") }}) as recovered_value,
            count(case when dispositions.recovered_value is not null and rates.rate is null then 1 end) as unrated
        from decided
        inner join
            dispositions on dispositions.return_id = decided.return_id and dispositions.line_no = decided.line_no
            {{ join_rate("rates", "dispositions.currency", "decided.decided_date") }}
        where dispositions.executed_at is not null
        group by decided.return_id, decided.line_no
    ),

    claimed as (
        select
            decided.return_id,
            decided.line_no,
            count(claims.submitted_at) > 0 as is_submitted,
            sum(
                case
                    when claims.credited_at is not null
                    then {{ reporting_amount("claims.recovered_amount", "rates.rate") }}
                end
            ) as credited_amount,
            count(
                case
                    when claims.credited_at is not null and claims.recovered_amount is not null and rates.rate is null
                    then 1
                end
            ) as unrated
        from decided
        inner join
            supplier_claims as claims on claims.return_id = decided.return_id and claims.line_no = decided.line_no
            {{ join_rate("rates", "claims.currency", "decided.decided_date") }}
        group by decided.return_id, decided.line_no
    ),

    final as (
        select
            decided.return_id || '-' || decided.line_no as item_id,
            decided.return_id as case_id,
            decided.entity_id,
            decided.decided_at as anchor_at,
            decided.decided_date as anchor_date,
            slices.site,
            slices.channel,
            slices.reason,
            slices.category,
            slices.supplier,
            decided.is_supplier_liable,
            coalesce(claimed.is_submitted, false) as is_submitted,
            executed.line_no is not null as is_executed,
            {{ reporting_amount("decided.line_cost", "cost_rates.rate") }} as line_cost,
            {{ reporting_amount(exact_product("executed.executed_quantity", "decided.unit_cost"), "cost_rates.rate") }}
            as executed_cost,
            coalesce(executed.recovered_value, 0) as recovered_value,
            coalesce(claimed.credited_amount, 0) as credited_amount,
            case
                when decided.unit_cost is null
                then 'no product cost'
                when cost_rates.rate is null
                then 'no exchange rate'
            end as cost_gap,
            case when claimed.unrated > 0 then 'no exchange rate' end as claim_gap,
            case when executed.unrated > 0 then 'no exchange rate' end as recovery_gap
        from decided
        inner join slices on slices.return_id = decided.return_id and slices.line_no = decided.line_no
        left join executed on executed.return_id = decided.return_id and executed.line_no = decided.line_no
        left join
            claimed on claimed.return_id = decided.return_id and claimed.line_no = decided.line_no
            {{ join_rate("cost_rates", "decided.cost_currency", "decided.decided_date") }}
    )

select *
from final
