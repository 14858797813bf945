package dev.drillbook.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void everyOccurrenceOfEverySecretIsBlanked() {
    assertThat(new Redaction(Set.of("hunter2", "swordfish")).clean("hunter2 swordfish hunter2"))
        .isEqualTo("******** ******** ********");
  }

  @Test
  void aSecretThatBeginsAnotherDoesNotLeaveTheOthersEndInSight() {
    assertThat(new Redaction(Set.of("hunter2", "hunter2-and-more")).clean("is hunter2-and-more."))
        .isEqualTo("is ********.");
  }

  @Test
  void anEmptySecretBlanksNothing() {
    assertThat(new Redaction(Set.of("")).clean("as it was")).isEqualTo("as it was");
  }
}
