"""Charts, signals, mix shifts and fairness."""

import sqlalchemy as sa
from alembic import op

revision = "0010_comparisons"
down_revision = "0009_judged_solve"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chart_log",
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("statistic", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("breakdown_value", sa.Text(), nullable=False),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("definition_version", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lacking", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("centre", sa.Double(), nullable=True),
        sa.Column("spread", sa.Double(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("baseline_from", sa.Text(), nullable=True),
        sa.Column("baseline_to", sa.Text(), nullable=True),
        sa.Column("figures", sa.Text(), nullable=True),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("metric", "statistic", "breakdown", "breakdown_value", "begins", "from_run"),
    )
    op.create_table(
        "fairness_log",
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("attribute", sa.Text(), nullable=False),
        sa.Column("attribute_value", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Text(), nullable=False),
        sa.Column("period_end", sa.Text(), nullable=False),
        sa.Column("is_by_contract", sa.Boolean(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=True),
        sa.Column("n_others", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.Double(), nullable=True),
        sa.Column("rate_others", sa.Double(), nullable=True),
        sa.Column("ratio", sa.Double(), nullable=True),
        sa.Column("ratio_low", sa.Double(), nullable=True),
        sa.Column("ratio_high", sa.Double(), nullable=True),
        sa.Column("difference", sa.Double(), nullable=True),
        sa.Column("difference_low", sa.Double(), nullable=True),
        sa.Column("difference_high", sa.Double(), nullable=True),
        sa.Column("adjusted_ratio", sa.Double(), nullable=True),
        sa.Column("adjusted_share", sa.Double(), nullable=True),
        sa.Column("p_value", sa.Double(), nullable=True),
        sa.Column("corrected_p_value", sa.Double(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("outcome", "attribute", "attribute_value", "from_run"),
    )
    op.create_table(
        "mix_shift_log",
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("dimension_value", sa.Text(), nullable=False),
        sa.Column("previous_start", sa.Text(), nullable=False),
        sa.Column("rate_before", sa.Double(), nullable=True),
        sa.Column("rate_now", sa.Double(), nullable=True),
        sa.Column("change", sa.Double(), nullable=True),
        sa.Column("n_before", sa.BigInteger(), nullable=True),
        sa.Column("n_now", sa.BigInteger(), nullable=True),
        sa.Column("group_rate_before", sa.Double(), nullable=True),
        sa.Column("group_rate_now", sa.Double(), nullable=True),
        sa.Column("mix_part", sa.Double(), nullable=True),
        sa.Column("rate_part", sa.Double(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("previous_figure_id", sa.Text(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("metric", "period_start", "dimension", "dimension_value", "from_run"),
    )
    op.create_table(
        "signal_log",
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("statistic", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("breakdown_value", sa.Text(), nullable=False),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Text(), nullable=False),
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("centre", sa.Double(), nullable=True),
        sa.Column("lower", sa.Double(), nullable=True),
        sa.Column("upper", sa.Double(), nullable=True),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint(
            "metric", "statistic", "breakdown", "breakdown_value", "begins", "period_start", "from_run"
        ),
    )
