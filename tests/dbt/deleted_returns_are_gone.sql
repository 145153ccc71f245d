-- What names a deleted return is gone with it; what met it by its number is unmatched.
with
    deleted as (select return_id from {{ ref("int_returns_as_of") }} where is_deleted),

    named as (
        {% for model in [
            "returns",
            "return_lines",
            "receipts",
            "dispositions",
            "supplier_claims",
            "return_status_changes",
            "crm_cases",
            "tracking_events",
            "integration_messages",
        ] %}
            select '{{ model }}' as model_name, source_key, return_id
            from {{ ref(model) }}
            union all
        {% endfor %}
        {% for model in ["credit_memos", "replacement_orders"] %}
            select '{{ model }}' as model_name, source_key, written_return_id as return_id
            from {{ ref(model) }} {{ "union all" if not loop.last }}
        {% endfor %}
    )

select named.*
from named
inner join deleted on deleted.return_id = named.return_id
