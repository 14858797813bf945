package dev.drillbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands that the documentation shows, for people to copy, are commands that there are. */
class NightlyDocumentationTest {
  private static final Pattern COMMAND = Pattern.compile("drillbook\\.jar +([^\n`]+)");

  @Test
  void everyCommandAndEveryOptionIsThere() throws IOException {
    int commands = 0;
    for (Path page : List.of(Path.of("docs", "nightly.md"), Path.of("README.md"))) {
      Matcher shown = COMMAND.matcher(Files.readString(page));
      while (shown.find()) {
        List<String> words = Arrays.asList(shown.group(1).strip().split(" +", -1));
        CommandLine command = Drillbook.commandLine(Map.of()).getSubcommands().get(words.get(0));
        assertThat(command).as(shown.group()).isNotNull();
        assertThat(words.stream().filter(word -> word.startsWith("--")))
            .as(shown.group())
            .allSatisfy(
                option -> assertThat(command.getCommandSpec().findOption(option)).isNotNull());
        assertThat(
                command.getCommandSpec().options().stream()
                    .filter(option -> option.required())
                    .map(option -> option.longestName()))
            .as(shown.group())
            .allSatisfy(required -> assertThat(words).contains(required));
        commands++;
      }
    }
    assertThat(commands).isGreaterThan(5);
  }
}
