package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against scripts that stand in for apt-get, apt-cache and dpkg. */
class UnpackedPostgresTest {
  private static final String NEEDS_FRESH_LISTS = "case \"$*\" in *Dir::State::lists=*) ;; *) ";

  @TempDir Path root;
  private Path cache;
  private Path tools;
  private Path log;

  @BeforeEach
  void aDistributionWithPostgres15And13() {
    cache = root.resolve("cache/drillbook");
    tools = root.resolve("tools");
    log = root.resolve("apt.log");
    aptCache("");
    aptGet("");
    FakePrograms.script(
        tools,
        "dpkg",
        """
        if [ "$1" = --print-architecture ]; then echo amd64; exit; fi
        case "$2" in *postgresql-1?_*) ;; *) mkdir -p "$3/usr/lib/x86_64-linux-gnu"; exit ;; esac
        major=${2##*postgresql-}; major=${major%%_*}
        bin="$3/usr/lib/postgresql/$major/bin"
        mkdir -p "$bin"
        for program in initdb postgres psql pg_dump; do
          printf '#!/bin/sh\\necho "%s (PostgreSQL) %s.1"\\n' $program $major > "$bin/$program"
          chmod +x "$bin/$program"
        done""");
  }

  @Test
  void theDistributionsOwnVersionIsUnpackedWithTheLibrariesThatAreMissing() throws IOException {
    var found = obtain();
    assertThat(found.describe())
        .isEqualTo(
            "PostgreSQL 15.1 from " + cache + "/postgresql-15-amd64/usr/lib/postgresql/15/bin");
    assertThat(found.libraryDirs())
        .containsExactly(cache.resolve("postgresql-15-amd64/usr/lib/x86_64-linux-gnu"));
    assertThat(Files.readString(log))
        .contains("download postgresql-15 postgresql-client-15 libpq5 libicu72 zlib1g\n");
    assertThat(cached()).containsExactlyInAnyOrder(".lock", "postgresql-15-amd64");
  }

  @Test
  void aWantedVersionComesBeforeTheDefault() {
    assertThat(obtain(13).major()).isEqualTo(13);
  }

  @Test
  void aWantedVersionThatTheDistributionLacksGivesWayToTheDefault() {
    assertThat(obtain(11).major()).isEqualTo(15);
  }

  @Test
  void nothingIsDownloadedTwice() throws IOException {
    obtain();
    obtain(15);
    obtain();
    assertThat(downloads()).isEqualTo(1);
  }

  @Test
  void twoAtOnceDownloadOnce() throws IOException {
    var one = CompletableFuture.supplyAsync(this::obtain);
    var two = CompletableFuture.supplyAsync(this::obtain);
    assertThat(one.join()).isEqualTo(two.join());
    assertThat(downloads()).isEqualTo(1);
  }

  @Test
  void anEntryThatNoLongerRunsIsReplaced() throws IOException {
    Path psql = obtain().program("psql");
    Files.writeString(psql, "#!/bin/sh\nexit 127\n");
    assertThat(obtain().program("psql")).isEqualTo(psql).content().contains("PostgreSQL");
    assertThat(downloads()).isEqualTo(2);
  }

  @Test
  void whatAKilledRunLeftIsRemoved() throws IOException {
    Files.createDirectories(cache.resolve(".unpacking-123/tree/usr"));
    obtain();
    assertThat(cached()).containsExactlyInAnyOrder(".lock", "postgresql-15-amd64");
  }

  @Test
  void outdatedListsAreReplacedByFreshOnesInTheCache() throws IOException {
    aptGet(NEEDS_FRESH_LISTS + "[ \"$3\" != download ] || { echo 404; exit 100; } ;; esac");
    assertThat(obtain().major()).isEqualTo(15);
    assertThat(Files.readString(log)).contains("Dir::State::lists=" + cache + "/apt/lists");
  }

  @Test
  void absentListsAreReplacedByFreshOnesInTheCache() {
    aptCache(NEEDS_FRESH_LISTS + "exit ;; esac");
    assertThat(obtain().major()).isEqualTo(15);
  }

  @Test
  void whereNoListsCanBeHadTheErrorSaysWhatTheUpdateSaid() {
    aptCache("exit");
    aptGet("case \"$*\" in *update) echo 'W: Temporary failure resolving'; exit ;; esac");
    assertThatThrownBy(this::obtain)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("brought no package lists")
        .hasMessageContaining("Temporary failure resolving");
  }

  @Test
  void aDownloadThatFailsLeavesNothingBehindAndTheErrorSaysWhatAptGetSaid() throws IOException {
    aptGet(
        "case \"$*\" in *download*) touch libpq5_1_amd64.deb;"
            + " echo 'E: Failed to fetch libpq5'; exit 100 ;; esac");
    assertThatThrownBy(this::obtain)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("exit code 100")
        .hasMessageContaining("E: Failed to fetch libpq5");
    assertThat(cached()).containsExactlyInAnyOrder(".lock", "apt");
  }

  @Test
  void whatWasUnpackedButDoesNotRunIsNotKept() throws IOException {
    FakePrograms.script(tools, "dpkg", "if [ $1 = --print-architecture ]; then echo amd64; fi");
    assertThatThrownBy(this::obtain)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("was unpacked but cannot be used")
        .hasMessageContaining("no initdb, postgres, psql, pg_dump");
    assertThat(cached()).containsExactlyInAnyOrder(".lock", "apt");
  }

  @Test
  void theErrorForAPersonNamesEveryPlaceBothAttemptsAndWhatToInstall() {
    aptGet("case \"$*\" in *download*) echo 'E: no network'; exit 100 ;; esac");
    Path bin = FakePrograms.answering(root.resolve("bin"), "psql", "15.9").getParent();
    var search = new PostgresInstallations(bin + ":" + tools, List.of("/nowhere/*/bin"), cache);
    assertThatThrownBy(search::locate)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(bin + ": psql 15.9; no initdb, postgres, pg_dump")
        .hasMessageContaining("/nowhere/*/bin (no such directory)")
        .hasMessageContaining("with the machine's package lists: '" + tools + "/apt-get")
        .hasMessageContaining("with fresh package lists: '" + tools + "/apt-get")
        .hasMessageContaining("E: no network")
        .hasMessageContaining("dnf install postgresql-server");
  }

  private PostgresInstallation obtain(Integer... wanted) {
    var packages = new DebianPackages(new SearchPath(tools + ":/usr/bin:/bin"));
    return new UnpackedPostgres(cache, packages).obtain(List.of(wanted));
  }

  private void aptCache(String before) {
    FakePrograms.script(
        tools,
        "apt-cache",
        before
            + """

            case "$*" in
              *"policy postgresql") echo '  Candidate: 15+248' ;;
              *"policy postgresql-13") echo '  Candidate: 13.20-0+deb12u1' ;;
              *"policy postgresql-15") echo '  Candidate: 15.12-0+deb12u1' ;;
              *) echo '  Candidate: (none)' ;;
            esac""");
  }

  private void aptGet(String before) {
    FakePrograms.script(
        tools,
        "apt-get",
        "echo \"$@\" >> '"
            + log
            + "'\n"
            + before
            + """

            case "$*" in
              *--simulate*)
                echo 'Inst libc6 [2.36-9] (2.36-10 Debian:12 [amd64])'
                echo 'Inst perl (5.36 Debian:12 [amd64])'
                echo 'Inst libjson-perl (4.1 Debian:12 [all])'
                echo 'Inst libicu72 (72.1-3 Debian:12 [amd64])'
                echo 'Inst zlib1g (1:1.2 Debian:12 [amd64]) []'
                echo 'Inst libpq5 (15.12 Debian:12 [amd64])'
                echo 'Conf libicu72 (72.1-3 Debian:12 [amd64])' ;;
              *update)
                while [ "$1" != -c ]; do shift; done
                : > "${2%/*}/lists/archive_main_Packages" ;;
              *download*)
                while [ "$1" != download ]; do shift; done; shift
                for name; do : > "${name}_1_amd64.deb"; done ;;
            esac""");
  }

  private long downloads() throws IOException {
    return Files.readAllLines(log).stream().filter(line -> line.contains(" download ")).count();
  }

  private List<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
