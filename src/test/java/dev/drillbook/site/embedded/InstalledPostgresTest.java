package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledPostgresTest {
  @TempDir Path root;

  @Test
  void aCompleteDirectoryOnThePathIsAnInstallation() {
    Path bin = FakePrograms.postgres(root.resolve("bin"), "15.12 (Debian 15.12-0+deb12u2)");
    var found = search(List.of(), root.resolve("empty"), bin).newest().orElseThrow();
    assertThat(found.binDir()).isEqualTo(bin);
    assertThat(found.major()).isEqualTo(15);
    assertThat(found.version()).isEqualTo("15.12");
    assertThat(found.libraryDirs()).isEmpty();
  }

  @Test
  void theNewestMajorVersionWinsWhereverItIs() {
    Path onPath = FakePrograms.postgres(root.resolve("bin"), "15.12");
    FakePrograms.postgres(root.resolve("lib/9.6/bin"), "9.6.24");
    FakePrograms.postgres(root.resolve("lib/16/bin"), "16.4");
    FakePrograms.postgres(root.resolve("lib/18/bin"), "18beta1");
    var found = search(List.of(root + "/lib/*/bin"), onPath).newest().orElseThrow();
    assertThat(found.describe()).isEqualTo("PostgreSQL 18beta1 from " + root + "/lib/18/bin");
  }

  @Test
  void ofTwoWithTheSameMajorVersionTheFirstOnThePathWins() {
    Path first = FakePrograms.postgres(root.resolve("first"), "15.2");
    Path second = FakePrograms.postgres(root.resolve("second"), "15.12");
    assertThat(search(List.of(), first, second).newest().orElseThrow().binDir()).isEqualTo(first);
  }

  @Test
  void aServerWithoutClientsIsNoInstallationAndTheSurveySaysWhatIsMissing() {
    Path bin = root.resolve("bin");
    FakePrograms.answering(bin, "postgres", "15.12");
    FakePrograms.answering(bin, "initdb", "15.12");
    var survey = search(List.of(), bin);
    assertThat(survey.newest()).isEmpty();
    assertThat(survey.lookedAt())
        .containsExactly(bin + ": initdb 15.12; postgres 15.12; no psql, pg_dump");
  }

  @Test
  void programsOfSeveralMajorVersionsAreNoInstallation() {
    Path bin = FakePrograms.postgres(root.resolve("bin"), "15.12");
    FakePrograms.answering(bin, "pg_dump", "13.4");
    var survey = search(List.of(), bin);
    assertThat(survey.newest()).isEmpty();
    assertThat(survey.lookedAt())
        .singleElement()
        .asString()
        .contains("pg_dump 13.4", "not of one major version");
  }

  @Test
  void aProgramThatDoesNotRunIsReportedWithWhatItSaid() {
    Path bin = FakePrograms.postgres(root.resolve("bin"), "15.12");
    FakePrograms.script(bin, "psql", "echo 'libpq.so.5: cannot open shared object'; exit 127");
    var survey = search(List.of(), bin);
    assertThat(survey.newest()).isEmpty();
    assertThat(survey.lookedAt()).singleElement().asString().contains("libpq.so.5: cannot open");
  }

  @Test
  void aReleaseBeforePostgres10IsTooOld() {
    var survey = search(List.of(), FakePrograms.postgres(root.resolve("bin"), "9.6.24"));
    assertThat(survey.newest()).isEmpty();
    assertThat(survey.lookedAt()).singleElement().asString().contains("not a PostgreSQL 10 or");
  }

  @Test
  void debiansWrapperIsNoProgramButTellsWhichClientsScriptsRanWith() throws IOException {
    Path bin = Files.createDirectories(root.resolve("bin"));
    Path wrapper = FakePrograms.answering(root.resolve("share"), "pg_wrapper", "15.12");
    FakePrograms.answering(bin, "postgres", "15.12");
    FakePrograms.answering(bin, "initdb", "15.12");
    Files.createSymbolicLink(bin.resolve("psql"), wrapper);
    Files.createSymbolicLink(bin.resolve("pg_dump"), wrapper);
    var survey = search(List.of(), bin);
    assertThat(survey.newest()).isEmpty();
    assertThat(survey.clientMajors()).containsExactly(15);
    assertThat(survey.lookedAt()).singleElement().asString().contains("Debian's pg_wrapper");
  }

  @Test
  void aLinkToTheServerLeadsToTheWholeInstallation() throws IOException {
    Path real = FakePrograms.postgres(root.resolve("lib/15/bin"), "15.12");
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("postgres"), real.resolve("postgres"));
    assertThat(search(List.of(), bin).newest().orElseThrow().binDir()).isEqualTo(real.toRealPath());
  }

  @Test
  void placesWithoutAnyOfTheProgramsAreListedToo() throws IOException {
    Path empty = Files.createDirectories(root.resolve("empty"));
    assertThat(search(List.of(root + "/lib/*/bin"), empty).lookedAt())
        .containsExactly(
            "none of the programs in " + empty + ", " + root + "/lib/*/bin (no such directory)");
  }

  private static InstalledPostgres.Survey search(List<String> wellKnown, Path... path) {
    String value = Arrays.stream(path).map(Path::toString).collect(Collectors.joining(":"));
    return new InstalledPostgres(new SearchPath(value), wellKnown).survey();
  }
}
