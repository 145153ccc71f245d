with
    paths as (select * from {{ ref("int_case_paths") }}),
    work as (select * from {{ ref("int_case_work") }}),
    returns as (select * from {{ ref("returns") }}),
    slices as (select * from {{ ref("int_return_slices") }}),
    return_values as (select * from {{ ref("int_return_values") }}),

    ended as (
        select
            paths.*,
            coalesce(paths.closed_position > coalesce(paths.reopened_position, 0), false)
            and not paths.is_cancelled
            and not paths.is_declined as is_closed,
            paths.reopened_position is not null
            or coalesce(paths.last_information_requested_at > paths.rma_created_at, false)
            or paths.has_credit_cancelled
            or work.has_repeated_inspection as has_rework,
            work.touches,
            work.handoffs
        from paths
        inner join work on work.case_id = paths.case_id
    ),

    final as (
        select
            ended.case_id,
            returns.entity_id,
            returns.rma_number,
            returns.customer_id,
            returns.requested_resolution,
            returns.currency,
            slices.site,
            slices.channel,
            slices.reason,
            slices.category,
            slices.supplier,
            slices.segment,
            return_values.value_band,
            return_values.return_value,
            return_values.credit_value,
            ended.started_at,
            ended.ended_at,
            ended.events,
            md5(ended.variant) as variant_id,
            ended.variant,
            ended.requested_at,
            ended.approved_at,
            ended.received_at,
            ended.decided_at,
            ended.closed_at,
            ended.requested_micros,
            ended.received_micros,
            ended.decided_micros,
            ended.closed_micros,
            ended.is_closed,
            ended.is_declined,
            ended.is_cancelled,
            not ended.is_closed and not ended.is_declined and not ended.is_cancelled as is_open,
            ended.is_approved,
            ended.has_rework,
            ended.has_manual_decision,
            ended.touches,
            ended.handoffs,
            returns.time_zone,
            returns.standard_day_seconds
        from ended
        inner join returns on returns.return_id = ended.case_id
        inner join slices on slices.return_id = ended.case_id
        inner join return_values on return_values.return_id = ended.case_id
    )

select *
from final
