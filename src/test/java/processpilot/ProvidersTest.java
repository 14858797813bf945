package processpilot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import processpilot.Shell.Outcome;

/**
 * What the scripts say to the providers' command lines, held against the contracts in the test
 * resources. The programs are stand-ins that only write down how they were called: without an
 * account nothing more can be known.
 */
class ProvidersTest {
  private static final Path SCRIPTS = Path.of("drills/processpilot/scripts").toAbsolutePath();
  private static final Path CONTRACTS = Path.of("src/test/resources/processpilot/providers");

  private static final String STAND_IN =
      """
      #!/bin/bash
      {
        printf 'run %s' "${0##*/}"
        printf " '%s'" "$@"
        printf '\\n'
      } >>"$CALLS"
      env | cut -d = -f 1 >>"$SEEN"
      [[ ${!#} != "${STAND_IN_REFUSES:-}" ]]
      """;

  @TempDir Path folder;
  private Path calls;
  private Path seen;
  private Shell shell;

  /** The lines of a contract, by their first words. */
  private record Contract(List<String> lines) {
    List<String> all(String word) {
      return lines.stream()
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length() + 1))
          .toList();
    }

    String one(String word) {
      return all(word).get(0);
    }
  }

  @BeforeEach
  void standIns() throws IOException {
    calls = Files.createFile(folder.resolve("calls"));
    seen = Files.createFile(folder.resolve("seen"));
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String program : List.of("supabase", "pscale", "neon", "railway")) {
      Path standIn = Files.writeString(bin.resolve(program), STAND_IN);
      assertThat(standIn.toFile().setExecutable(true)).isTrue();
    }
    shell =
        new Shell(
            folder,
            Map.of(
                "PATH", bin + ":" + System.getenv("PATH"),
                "CALLS", calls.toString(),
                "SEEN", seen.toString()));
  }

  static Stream<Path> contracts() throws IOException {
    List<Path> contracts = new ArrayList<>();
    try (Stream<Path> files = Files.list(CONTRACTS)) {
      files.filter(file -> file.toString().endsWith(".contract")).sorted().forEach(contracts::add);
    }
    assertThat(contracts).hasSize(5);
    return contracts.stream();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void aProviderIsAskedAsItsContractSays(Path file) throws Exception {
    Contract contract = new Contract(Files.readAllLines(file));
    Shell given = given(contract, "");

    Outcome outcome = given.run(List.of(SCRIPTS.resolve("recover-provider.sh").toString()));

    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(Integer.parseInt(contract.one("exit")));
    assertThat(
            Files.readAllLines(calls).stream()
                .map(call -> call.substring("run ".length()).replaceAll("\\d{8}-\\d{6}", "<time>")))
        .isEqualTo(contract.all("run"));
    assertThat(Files.readAllLines(seen)).contains(contract.one("sees").split(" "));
    assertThat(Files.readString(calls) + outcome.out() + outcome.err()).doesNotContain("secret");
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void withoutAnyOneOfItsVariablesNothingIsCalled(Path file) throws Exception {
    Contract contract = new Contract(Files.readAllLines(file));
    for (String left : contract.all("given")) {
      String name = left.split("=", 2)[0];
      if (name.equals("STAND_IN_REFUSES")) {
        continue;
      }

      Outcome outcome =
          given(contract, name).run(List.of(SCRIPTS.resolve("recover-provider.sh").toString()));

      assertThat(outcome.exit()).as("without %s", name).isEqualTo(1);
      assertThat(outcome.err()).contains(name + " is not set", "next:");
      assertThat(calls).isEmptyFile();
    }
  }

  @Test
  void aDashboardsStepsArePrinted() throws Exception {
    Contract contract =
        new Contract(Files.readAllLines(CONTRACTS.resolve("railway-without-pitr.contract")));

    Outcome outcome =
        given(contract, "").run(List.of(SCRIPTS.resolve("recover-provider.sh").toString()));

    assertThat(outcome.out()).contains("railway.com", "Backups", "2025-01-15T14:30:00Z", "Restore");
  }

  @Test
  void anUnknownProviderIsNamed() throws Exception {
    Outcome outcome =
        shell
            .with("DB_PROVIDER", "heroku")
            .run(List.of(SCRIPTS.resolve("recover-provider.sh").toString()));

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("unknown DB_PROVIDER: heroku", "supabase");
  }

  private Shell given(Contract contract, String without) {
    Map<String, String> environment = new HashMap<>(shell.environment());
    contract.all("given").stream()
        .map(line -> line.split("=", 2))
        .filter(pair -> !pair[0].equals(without))
        .forEach(pair -> environment.put(pair[0], pair[1]));
    return new Shell(folder, environment);
  }
}
