with
    return_lines as (select * from {{ ref("return_lines") }} where is_supplier_liable),
    dispositions as (select * from {{ ref("dispositions") }}),
    supplier_claims as (select * from {{ ref("supplier_claims") }} where submitted_at is not null),
    as_of as (select * from {{ ref("as_of") }}),

    first_decisions as (
        select return_id, line_no, min(decided_at) as decided_at from dispositions group by return_id, line_no
    ),

    windows as (
        select
            return_lines.*,
            {{ add_seconds("first_decisions.decided_at", "cast(return_lines.claim_window_days as double) * 86400") }}
            as window_ends_at
        from return_lines
        inner join
            first_decisions
            on first_decisions.return_id = return_lines.return_id
            and first_decisions.line_no = return_lines.line_no
    ),

    first_claims as (
        select return_id, line_no, min(submitted_at) as submitted_at from supplier_claims group by return_id, line_no
    ),

    found as (
        select
            windows.return_id || '-' || windows.line_no as object_id,
            windows.return_id as case_id,
            windows.entity_id,
            windows.line_no,
            windows.supplier_id,
            windows.window_ends_at as detected_at,
            first_claims.submitted_at,
            windows.line_cost,
            windows.cost_currency
        from windows
        inner join as_of on windows.window_ends_at < as_of.as_of_at
        left join first_claims on first_claims.return_id = windows.return_id and first_claims.line_no = windows.line_no
        where first_claims.submitted_at is null or first_claims.submitted_at > windows.window_ends_at
    )

    {{
        exception_rows(
            "unclaimed_recovery",
            "return_line",
            {"supplier_id": "supplier_id"},
            resolved_at="submitted_at",
            amount="line_cost",
            currency="cost_currency",
            line_no="line_no",
        )
    }}
