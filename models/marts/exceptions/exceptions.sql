with
    found as (
        {% for rule in [
            "duplicate_return",
            "missing_reason",
            "unmatched_receipt",
            "receipt_before_approval",
            "late_receipt_posting",
            "stock_status_mismatch",
            "premature_availability",
            "credit_without_receipt",
            "credit_without_gl",
            "unlinked_credit",
            "excess_credit",
            "unapproved_credit",
            "disconnected_replacement",
            "missing_replacement",
            "unclaimed_recovery",
            "stale_return",
            "integration_failure",
            "event_order_violation",
        ] %}
            select *
            from {{ ref("exception_" ~ rule) }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    clocks as (select * from {{ ref("entity_clocks") }}),
    fx_rates as (select * from {{ ref("stg_reference__fx_rates") }}),
    return_slices as (select * from {{ ref("int_return_slices") }}),
    receipt_slices as (select * from {{ ref("int_receipt_slices") }}),
    line_slices as (select * from {{ ref("int_line_slices") }}),

    dated as (
        select found.*, {{ local_date("found.detected_at", "clocks.time_zone") }} as detected_date
        from found
        left join clocks on clocks.entity_id = found.entity_id
    ),

    final as (
        select
            dated.exception_type,
            dated.object_type,
            dated.object_id,
            dated.case_id,
            dated.entity_id,
            dated.detected_at,
            dated.resolved_at,
            {{ reporting_amount("dated.amount", "rates.rate") }} as value,
            dated.evidence,
            {% for slice in ["site", "channel", "reason", "category", "supplier"] -%}
                case
                    when dated.receipt_id is not null
                    then coalesce(receipt_slices.{{ slice }}, 'missing')
                    when dated.line_no is not null
                    then coalesce(line_slices.{{ slice }}, 'missing')
                    else coalesce(return_slices.{{ slice }}, 'missing')
                end as {{ slice }}{{ "," if not loop.last }}
            {% endfor %}
        from dated {{ join_rate("rates", "dated.currency", "dated.detected_date") }}
        left join receipt_slices on receipt_slices.receipt_id = dated.receipt_id
        left join line_slices on line_slices.return_id = dated.case_id and line_slices.line_no = dated.line_no
        left join return_slices on return_slices.return_id = dated.case_id
    )

select *
from final
