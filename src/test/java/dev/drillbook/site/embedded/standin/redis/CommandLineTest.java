package dev.drillbook.site.embedded.standin.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  @Test
  void wordsAreSeparatedBySpacesAndHeldTogetherByQuotes() {
    assertThat(split("  set key  \"a b\" ")).contains(List.of("set", "key", "a b"));
    assertThat(split("'it\\'s \\n' x\"y z\"")).contains(List.of("it's \\n", "xy z"));
    assertThat(split("\"\\x41\\xfF\\n\\r\\t\\b\\a\\q\\xg\\\"\""))
        .contains(List.of("A\u00ff\n\r\t\b\u0007qxg\""));
    assertThat(split("get \\x41 \"\" ''")).contains(List.of("get", "\\x41", "", ""));
    assertThat(split(" \t\r")).contains(List.of());
  }

  @Test
  void aQuoteThatIsNotClosedOrIsFollowedByTextMakesNoWords() {
    for (String line : List.of("\"a", "'a", "\"a\"b", "'a'b", "\"a\\\"", "'a\\'")) {
      assertThat(split(line)).as(line).isEmpty();
    }
  }

  private static Optional<List<String>> split(String line) {
    return CommandLine.split(line.getBytes(ISO_8859_1))
        .map(words -> words.stream().map(word -> new String(word, ISO_8859_1)).toList());
  }
}
