package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandInTest {
  @Test
  void aMissingLibraryIsNamedWithItsCoordinates() {
    StandIn standIn =
        new StandIn("Main", "a store", "no.such.Library", List.of("no.such:library:1"), 64);
    assertThatThrownBy(() -> standIn.command(List.of()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("nothing on this machine can play a store")
        .hasMessageContaining("no.such.Library")
        .hasMessageContaining("add to the project, in the scope of its tests: no.such:library:1");
  }
}
