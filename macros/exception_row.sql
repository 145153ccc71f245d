{#- The columns that every exception rule gives, from a relation `found` that has object_id, case_id, entity_id and
    detected_at. `amount` is money in `currency`, converted later; receipt_id and line_no say whose slices it has. -#}
{% macro exception_rows(
    exception_type,
    object_type,
    evidence,
    resolved_at=none,
    amount=none,
    currency=none,
    receipt_id=none,
    line_no=none
) -%}
    select
        '{{ exception_type }}' as exception_type,
        '{{ object_type }}' as object_type,
        object_id,
        case_id,
        entity_id,
        detected_at,
        {{ resolved_at or "cast(null as timestamp)" }} as resolved_at,
        cast({{ amount or "null" }} as decimal(38, 15)) as amount,
        {{ currency or "cast(null as string)" }} as currency,
        {{ receipt_id or "cast(null as string)" }} as receipt_id,
        {{ line_no or "cast(null as string)" }} as line_no,
        {{ json_of(evidence) }} as evidence
    from found
{%- endmacro %}
