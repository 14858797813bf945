package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellWordsTest {
  @ParameterizedTest
  @MethodSource
  void wordsAreDividedAsAShellDoes(String text, List<String> words) throws BadValue {
    assertThat(ShellWords.of(text)).isEqualTo(words);
  }

  static Stream<Arguments> wordsAreDividedAsAShellDoes() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("  ", List.of()),
        Arguments.of(" node  server.js\n --port=1 ", List.of("node", "server.js", "--port=1")),
        Arguments.of("sh -c 'a  \"b\" $C'", List.of("sh", "-c", "a  \"b\" $C")),
        Arguments.of("sh -c \"a 'b' \\\"c\\\"\"", List.of("sh", "-c", "a 'b' \"c\"")),
        Arguments.of("a\\ b 'c'd\"e\" ''", List.of("a b", "cde", "")),
        Arguments.of("'a\\b' \"a\\b\" a\\b", List.of("a\\b", "a\\b", "ab")),
        Arguments.of("a|b; $C *", List.of("a|b;", "$C", "*")));
  }

  @Test
  void aQuoteHasToBeClosed() {
    assertThatThrownBy(() -> ShellWords.of("sh -c 'a"))
        .isInstanceOf(BadValue.class)
        .hasMessage("with a quote that is not closed");
  }
}
