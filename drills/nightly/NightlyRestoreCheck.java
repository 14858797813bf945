package nightly;

import dev.drillbook.junit.RestoreChecksOfPlans;

/** What {@code mvn verify -Pnightly-restore-check} runs. */
class NightlyRestoreCheck extends RestoreChecksOfPlans {}
