package dev.drillbook.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.Transcript.Line;
import dev.drillbook.site.Transcript.Stream;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private final Transcript transcript = new Transcript(Set.of("s3cret", "other"));

  @Test
  void secretsAreBlankedInEveryStream() {
    transcript.add(Stream.COMMAND, "psql postgresql://me:s3cret@db/shop?x=s3cret");
    transcript.add(Stream.ERR, "other");
    assertThat(transcript.text())
        .isEqualTo("$ psql postgresql://me:********@db/shop?x=********\n! ********\n");
  }

  @Test
  void aSecretThatBeginsAnotherOneGivesNothingAway() {
    for (Set<String> secrets : List.of(Set.of("pass", "password"), Set.of("password", "pass"))) {
      Transcript nested = new Transcript(secrets);
      nested.add(Stream.OUT, "is password");
      assertThat(nested.text()).isEqualTo("  is ********\n");
    }
  }

  @Test
  void aLongLineIsCut() {
    transcript.add(Stream.OUT, "x".repeat(5_000));
    assertThat(transcript.lines().get(0).text()).isEqualTo("x".repeat(4_000) + " …");
  }

  @Test
  void longOutputKeepsItsBeginningAndItsEnd() {
    for (int i = 0; i < 5_000; i++) {
      transcript.add(Stream.OUT, "line " + i);
    }
    List<Line> lines = transcript.lines();
    assertThat(lines).hasSize(4_001);
    assertThat(lines.get(0).text()).isEqualTo("line 0");
    assertThat(lines.get(1_999).text()).isEqualTo("line 1999");
    assertThat(lines.get(2_000)).isEqualTo(new Line(Stream.COMMAND, "… 1000 lines left out …"));
    assertThat(lines.get(2_001).text()).isEqualTo("line 3000");
    assertThat(lines.get(4_000).text()).isEqualTo("line 4999");
  }

  @Test
  void errorsSurviveInLongOutputAndAreCounted() {
    for (int i = 0; i < 10_000; i++) {
      transcript.add(Stream.ERR, "NOTICE:  line " + i);
      if (i % 250 == 0) {
        transcript.add(Stream.ERR, "psql:dump.sql:" + i + ": ERROR:  no table s3cret");
      }
    }
    assertThat(transcript.errorCount()).isEqualTo(40);
    assertThat(transcript.errorLines())
        .hasSize(40)
        .startsWith("psql:dump.sql:0: ERROR:  no table ********")
        .endsWith("psql:dump.sql:9750: ERROR:  no table ********");
    assertThat(transcript.text()).contains("psql:dump.sql:5000: ERROR").contains("lines left out");
  }

  @Test
  void theTailIsWhatWasPrintedLast() {
    transcript.add(Stream.OUT, "one");
    transcript.add(Stream.ERR, "two");
    transcript.add(Stream.COMMAND, "next.sh");
    transcript.add(Stream.OUT, "three");
    assertThat(transcript.tail(2)).containsExactly("two", "three");
    assertThat(transcript.tail(9)).containsExactly("one", "two", "three");
    assertThat(new Transcript(Set.of()).tail(3)).isEmpty();
  }

  @Test
  void linesAreFoundByStreamAndPattern() {
    transcript.add(Stream.OUT, "ERROR: not really");
    transcript.add(Stream.ERR, "ERROR: really");
    transcript.add(Stream.ERR, "NOTICE: all is well");
    assertThat(transcript.find(Stream.ERR, Pattern.compile("^ERROR")))
        .containsExactly("ERROR: really");
  }
}
