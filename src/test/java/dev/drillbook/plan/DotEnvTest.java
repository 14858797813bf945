package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {
  @TempDir Path folder;
  private final Problems problems = new Problems(Path.of("plan.yaml"));

  private Map<String, Expanded> read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve(".env"), text);
    Map<String, String> outside = Map.of("OUTSIDE", "out", "WON", "outside");
    return DotEnv.read(
        file, name -> Optional.ofNullable(outside.get(name)).map(Expanded::literal), problems);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      emptyValue = "",
      value = {
        "A=value                 | value",
        "export A=value          | value",
        "A = value               | value",
        "A: value                | value",
        "A=                      | ``",
        "A=value # a comment     | value",
        "A=value# no comment     | value# no comment",
        "A=two words             | two words",
        "A=\"value # kept\" # not | value # kept",
        "A='value # kept' # not  | value # kept",
        "A='$OUTSIDE'            | $OUTSIDE",
        "A='it\\'s'              | it's",
        "A='a\\tb'               | a\\tb",
        "A=\"{\\\"a\\\": 1}\"    | {\"a\": 1}",
        "A=\"a\\\\b\"            | a\\b",
        "A=$OUTSIDE              | out",
        "A=\"${OUTSIDE}-x\"      | out-x",
        "A=\"\\$OUTSIDE\"        | $OUTSIDE",
        "A=${UNSET:-default}     | default",
        "A=a=b                   | a=b",
      })
  void aLineIsReadAsComposeDocumentsIt(String line, String value) throws Exception {
    assertThat(read("# first\n\n" + line + "\nB=next\n"))
        .extractingByKeys("A", "B")
        .extracting(Expanded::text)
        .containsExactly(value, "next");
    problems.throwIfAny();
  }

  @Test
  void quotedValuesReachOverLinesAndKnowTheirControlCharacters() throws Exception {
    Map<String, Expanded> read = read("A='one\n  two'\nB=\"one\\n\\ttwo\nthree\"\nC=c\n");
    assertThat(read.get("A").text()).isEqualTo("one\n  two");
    assertThat(read.get("B").text()).isEqualTo("one\n\ttwo\nthree");
    assertThat(read.get("C").text()).isEqualTo("c");
  }

  @Test
  void variablesAreThoseFromOutsideAndThoseAbove() throws Exception {
    Map<String, Expanded> read = read("WON=file\nA=${WON} ${B}\nB=b\nC=${B}c\n");
    assertThat(read.get("A").text()).isEqualTo("outside ");
    assertThat(read.get("C").text()).isEqualTo("bc");
    assertThat(read.get("C").values()).containsExactlyInAnyOrder("b", "bc");
  }

  @Test
  void whatIsWrongIsSaidWithItsLineAndWithoutItsText() throws Exception {
    read("A=1\ns3cr3t-rest\nB='s3cr3t\nC=1\n");
    PlanException thrown =
        Assertions.catchThrowableOfType(PlanException.class, problems::throwIfAny);
    assertThat(thrown.problems()).extracting(Problem::line).containsExactly(2, 3);
    assertThat(thrown.problems()).extracting(Problem::file).containsOnly(folder.resolve(".env"));
    assertThat(thrown)
        .hasMessageContaining("this line sets no variable")
        .hasMessageContaining("the value of B cannot be read: a quote is not closed")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void somethingBehindAQuoteIsAProblem() throws Exception {
    read("A='a'b\n");
    assertThat(
            Assertions.catchThrowableOfType(PlanException.class, problems::throwIfAny).problems())
        .singleElement()
        .extracting(Problem::found)
        .isEqualTo("the value of A cannot be read: something follows its closing quote");
  }
}
