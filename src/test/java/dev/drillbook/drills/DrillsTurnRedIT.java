package dev.drillbook.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.DrillRecord;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every kind of bad recovery turns its drill red, for the right reason, and leaves nothing behind.
 */
class DrillsTurnRedIT {

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    Path sites = EmbeddedSite.sitesFolder();
    try (Stream<Path> folders = Files.list(sites)) {
      assertThat(folders.filter(DrillsTurnRedIT::isOurs).toList()).isEmpty();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static boolean isOurs(Path folder) {
    try {
      return Files.readString(folder.resolve("owner"))
          .startsWith(ProcessHandle.current().pid() + " ");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void aCleanRecoveryIsGreen() {
    RunFixture.run(Fixtures.Clean.class)
        .testEvents()
        .assertStatistics(s -> s.started(1).succeeded(1));
  }

  @Test
  void aRecoveryFromSeveralFaultsOfWhichAStepHealsOneIsGreen() {
    RunFixture.run(Fixtures.SeveralFaultsOneOfThemHealedByAStep.class)
        .testEvents()
        .assertStatistics(s -> s.started(1).succeeded(1));
  }

  @Test
  void aNetworkThatNobodyMendsKeepsClientsOut() {
    DrillRecord drill = RunFixture.red(Fixtures.NobodyMendsTheNetwork.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "service", "not served").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(drill.outage()).isEmpty();
  }

  @Test
  void aFaultThatIsNotSeenToHitAnythingProvesNothing() {
    DrillRecord drill = RunFixture.red(Fixtures.ChangesNothing.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(finding(drill, "disaster", "0 rows have another value").expected())
        .contains("set products.stock to t.stock")
        .contains("is in effect");
    assertThat(drill.steps()).isEmpty();
  }

  @Test
  void aRestoreThatDoesNothingAndExitsZeroIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.RestoreDoesNothing.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "row counts", "no such table").expected())
        .contains("products exists");
    assertThat(finding(drill, "service", "not served").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(drill.outage()).isEmpty();
  }

  @Test
  void aRestoreThatLosesOneRowIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.LosesOneSeededRow.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    Finding finding = only(drill);
    assertThat(finding.subject()).isEqualTo("fingerprints");
    assertThat(finding.expected()).contains("db.order_items");
    assertThat(finding.examples()).containsExactly("row (17) is missing");
  }

  @Test
  void aRestoreThatLosesOneOrderIsRedInTheLedgerToo() {
    DrillRecord drill = RunFixture.red(Fixtures.LosesOneOrder.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(drill.ledger().orElseThrow().holes()).isGreaterThanOrEqualTo(1);
    assertThat(finding(drill, "ledger", "hole").examples().get(0))
        .startsWith("drill-order-0 = placed");
    assertThat(finding(drill, "fingerprints", "rows").expected()).contains("db.");
  }

  @Test
  void aRestoreThatChangesOneCellIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.ChangesOneCell.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    Finding finding = only(drill);
    assertThat(finding.found()).contains("different content");
    assertThat(finding.examples()).singleElement().asString().startsWith("row (7) differs: ");
  }

  @Test
  void aRestoreThatLosesAConstraintIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.DropsAConstraint.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    Finding finding = only(drill);
    assertThat(finding.subject()).isEqualTo("schema objects");
    assertThat(finding.examples())
        .containsExactly("constraint order_items_product_id_fkey on public.order_items");
  }

  @Test
  void aStepThatDeletesRowsAfterTheRestoreIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.DeletesAfterTheRestore.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    Finding orders = finding(drill, "after the restore", "800 are missing");
    assertThat(orders.expected()).contains("the restore left in orders");
    assertThat(orders.examples().get(0)).isEqualTo("row (1) is missing");
  }

  @Test
  void aStepThatChangesRowsOfALargeTableAfterTheRestoreIsRed() throws IOException {
    PlanCopy.named("large-table")
        .append("schema.sql", "\ncreate table log (id int primary key, note text);\n")
        .append(
            "seed.sql",
            "\ninsert into log select g, repeat('x', 200) from generate_series(1, 30000) g;\n")
        .replace(
            "plan.yaml",
            "      products: {minimumRows: 100}\n",
            "      products: {minimumRows: 100}\n      log: {minimumRows: 1}\n");

    DrillRecord drill = RunFixture.red(Fixtures.ChangesALargeTableAfterTheRestore.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    Finding finding = finding(drill, "after the restore", "differ");
    assertThat(finding.expected()).contains("the restore left in log");
    assertThat(finding.examples().get(0)).startsWith("row (10) differs: note was 'xxx");
    assertThat(drill.findings()).hasSize(1);
  }

  @Test
  void aStepThatTruncatesATableAfterTheRestoreIsNamed() {
    DrillRecord drill = RunFixture.red(Fixtures.TruncatesAfterTheRestore.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "after the restore", "truncated or rewritten").expected())
        .contains("order_items");
    assertThat(finding(drill, "fingerprints", "truncated or rewritten").verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatTheRecoveredSystemAcknowledgedAndLostIsRedAlsoWithoutABackup() throws IOException {
    PlanCopy.named("no-backup")
        .replace(
            "plan.yaml",
            "    rpo: 24h\n    backup: postgres-dump\n    detectedWithin: 3d\n",
            "    rpo: 24h\n");

    DrillRecord drill = RunFixture.red(Fixtures.LosesWhatItAcknowledgedAfterwards.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "ledger", "writes lost after the recovery").verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(drill.ledger().orElseThrow().lostAfterwards()).isPositive();
  }

  @Test
  void aStepThatRestartsTheServerAfterTheRestoreIsNamed() {
    DrillRecord drill = RunFixture.red(Fixtures.RestartsTheServerAfterTheRestore.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(finding(drill, "fingerprints", "'restart-application' ended the session").verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(drill.findings()).noneMatch(finding -> finding.subject().equals("row counts"));
  }

  @Test
  void aSequenceThatTheClientsHealAfterTheRestoreIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.SetsASequenceBack.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "sequences", "its next value is").expected())
        .startsWith("order_items_id_seq hands out values beyond order_items.id");
  }

  @Test
  void aStaleBackupIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.RestoresAnOlderBackup.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "nonces", "it is not there").expected())
        .contains("nonce-before-backup");
    assertThat(drill.ledger().orElseThrow().holes()).isPositive();
  }

  @Test
  void aRowFromAfterTheRecoveryPointIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.PutsBackARowFromAfterTheBackup.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(drill.ledger().orElseThrow().phantoms()).isEqualTo(1);
    assertThat(finding(drill, "ledger", "1 phantom").examples().get(0))
        .contains("after the recovery point");
    assertThat(finding(drill, "fingerprints", "rows").examples().get(0))
        .contains("was not in the backup");
  }

  @Test
  void aRecoveryOverItsRtoIsRed() throws IOException {
    PlanCopy.named("rto").replace("plan.yaml", "    rto: 45m\n", "    rto: 2m\n");

    DrillRecord drill = RunFixture.red(Fixtures.OverItsRto.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    Finding finding = only(drill);
    assertThat(finding.subject()).isEqualTo("RTO");
    assertThat(finding.expected()).isEqualTo("at most 2 min");
    assertThat(drill.outage().orElseThrow().withManualSteps()).isGreaterThan(Duration.ofMinutes(2));
  }

  @Test
  void aScriptThatFailsHalfWayIsRedAndHasNoRto() {
    DrillRecord drill = RunFixture.red(Fixtures.RestoreFailsHalfWay.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "step restore-database", "exit code 3").found())
        .contains("syntax error");
    assertThat(drill.outage()).isEmpty();
    assertThat(drill.steps()).hasSize(3);
  }

  @Test
  void anAppThatIsLeftStoppedIsRed() {
    DrillRecord drill = RunFixture.red(Fixtures.LeavesTheAppStopped.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "service", "not served").hint()).contains("started again");
    assertThat(finding(drill, "health of shop", "no answer").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aFaultThatDoesNotBiteProvesNothing() {
    DrillRecord drill = RunFixture.red(Fixtures.DoesNotBite.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(finding(drill, "disaster", "as if nothing had happened").verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(drill.steps()).isEmpty();
  }

  @Test
  void aDisasterThatSparesTheDataDoesNotProveTheRestore() {
    DrillRecord drill = RunFixture.red(Fixtures.SparesTheData.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "nonces", "it is there").expected()).contains("does not come back");
  }

  @Test
  void anEmptyTableThatThePlanDoesNotDeclareIsRed() throws IOException {
    PlanCopy.named("empty-table")
        .append("schema.sql", "\ncreate table vouchers (code text primary key);\n")
        .replace(
            "plan.yaml",
            "      products: {minimumRows: 100}\n",
            "      products: {minimumRows: 100}\n      vouchers: {minimumRows: 1}\n");

    DrillRecord drill = RunFixture.red(Fixtures.HasAnEmptyTable.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(only(drill).expected()).isEqualTo("db.vouchers holds at least 1 rows");
    assertThat(only(drill).found()).isEqualTo("0 rows");
  }

  @Test
  void aPlanThatDoesNotSayWhetherATableMayBeEmptyIsRefused() throws IOException {
    PlanCopy.named("empty-table")
        .replace(
            "plan.yaml",
            "      products: {minimumRows: 100}\n",
            "      products: {minimumRows: 0}\n");

    assertThat(RunFixture.failure(Fixtures.HasAnEmptyTable.class))
        .hasMessageContaining("products need not hold any row")
        .hasMessageContaining("mayBeEmpty: true");
  }

  @Test
  void theRunbookAsWrittenCannotMeetItsOwnRpo() throws IOException {
    PlanCopy plan = PlanCopy.named("as-written");
    String text = Files.readString(plan.folder().resolve("plan.yaml"));
    int dump = text.indexOf("schedule: \"0 */12 * * *\"");
    int asWritten = text.indexOf("    asWritten:", dump);
    int end = text.indexOf("\n\n", asWritten);
    Files.writeString(
        plan.folder().resolve("plan.yaml"),
        text.substring(0, dump)
            + "schedule: \"0 0 * * *\""
            + text.substring(dump + 24, asWritten)
            + text.substring(end + 1));

    DrillRecord drill = RunFixture.red(Fixtures.FollowsTheRunbookAsWritten.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(only(drill).subject()).isEqualTo("RPO worst case");
    assertThat(only(drill).expected()).isEqualTo("at most 24 h");
    assertThat(drill.loss().worstCase().orElseThrow()).isGreaterThan(Duration.ofHours(24));
  }

  @Test
  void clientsThatAreLetInDuringTheRestoreAreRed() {
    DrillRecord drill = RunFixture.red(Fixtures.LetsClientsInTooEarly.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "restore", "were acknowledged between").hint())
        .contains("stop the application before");
  }

  @Test
  void aPasswordThatAnAppPrintsReachesNoReport() throws IOException {
    Path plan = PlanCopy.named("talkative").folder().resolve("plan.yaml");
    String text = Files.readString(plan);
    int start = text.indexOf("    command: [");
    Files.writeString(
        plan,
        text.substring(0, start)
            + "    command: [sh, -c, \"echo my password is $DB_PASSWORD; exit 1\"]"
            + text.substring(text.indexOf('\n', start)));

    DrillRecord drill = RunFixture.red(Fixtures.HasAnAppThatDiesSayingItsPassword.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(finding(drill, "provision", "exit code 1").found())
        .contains("my password is ********");
  }

  @Test
  void aTruncatedBackupIsRefused() {
    DrillRecord drill = RunFixture.red(Fixtures.FindsItsBackupTruncated.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "step restore-database", "truncated").hint()).contains("damaged");
  }

  @Test
  void aWrongPasswordIsNamed() {
    DrillRecord drill = RunFixture.red(Fixtures.HasTheWrongPassword.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "step restore-database", "password").hint())
        .contains("password is wrong");
  }

  @Test
  void aFullDiskIsNamed() throws IOException {
    Path script = PlanCopy.named("full-disk").folder().resolve("scripts/backup-postgres.sh");
    Files.writeString(
        script, "#!/usr/bin/env bash\nset -euo pipefail\npg_dump | gzip >/dev/full\n");

    DrillRecord drill = RunFixture.red(Fixtures.BacksUpToAFullDisk.class);

    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding(drill, "backup postgres-dump", "No space left").hint())
        .contains("disk is full");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PlanCopy.named("port")
          .replace(
              "plan.yaml",
              "    kind: postgres\n",
              "    kind: postgres\n    port: " + taken.getLocalPort() + "\n");

      DrillRecord drill = RunFixture.red(Fixtures.WantsAPortThatIsTaken.class);

      assertThat(drill.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(finding(drill, "provision", String.valueOf(taken.getLocalPort())).hint())
          .contains("another process has the port");
    }
  }

  @Test
  void aPlanThatIsNotThereIsNamed() {
    assertThat(RunFixture.failure(Fixtures.HasNoPlan.class))
        .hasStackTraceContaining("no-such-plan.yaml")
        .hasStackTraceContaining("hint");
  }

  @Test
  void aScriptWithoutExecutePermissionIsNamed() throws IOException {
    Path script = PlanCopy.named("not-executable").folder().resolve("scripts/restore-postgres.sh");
    assertThat(script.toFile().setExecutable(false, false)).isTrue();

    assertThat(RunFixture.failure(Fixtures.MayNotExecuteItsScript.class))
        .hasMessageContaining("may not be executed")
        .hasMessageContaining("chmod +x");
  }

  @Test
  void aDrillThatNeverRunsFails() {
    assertThat(RunFixture.failure(Fixtures.NeverRuns.class)).hasMessageContaining("never ran");
    assertThat(RunFixture.failure(Fixtures.TakesNoDrill.class))
        .hasMessageContaining("drills nothing");
  }

  @Test
  void aDrillThatDeviatesFromItsPlanDoesNotStart() {
    assertThat(RunFixture.failure(Fixtures.LeavesStepsOut.class))
        .hasMessageContaining("no workload")
        .hasMessageContaining("no disaster")
        .hasMessageContaining("'stop-application' is not in the drill")
        .hasMessageContaining("'restore-databse' is not an automated step");
  }

  private static Finding only(DrillRecord drill) {
    List<Finding> findings = drill.findings();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static Finding finding(DrillRecord drill, String subject, String found) {
    return drill.findings().stream()
        .filter(finding -> finding.subject().equals(subject) && finding.found().contains(found))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "no finding of "
                        + subject
                        + " with '"
                        + found
                        + "' among "
                        + drill.findings()));
  }
}
