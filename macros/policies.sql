{#- Joins one policy: the entity's own row as own_policy, the row for all entities as shared_policy. -#}
{% macro join_policy(policy, entity_id) -%}
    left join policies as own_policy on own_policy.entity_id = {{ entity_id }} and own_policy.policy = '{{ policy }}'
    left join policies as shared_policy on shared_policy.entity_id = '*' and shared_policy.policy = '{{ policy }}'
{%- endmacro %}

{#- The value of a policy after join_policy; the product's default where neither row is given. -#}
{% macro policy_value(policy) -%}
    coalesce(own_policy.value, shared_policy.value, {{ var("policy_defaults")[policy] }})
{%- endmacro %}
