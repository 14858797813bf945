package dev.drillbook.site.embedded.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolOptionsTest {
  @Test
  void valuesFollowAnEqualsSignOrTheOption() {
    ToolOptions options =
        read("--uri=mongodb://h/?a=b", "--db", "shop", "-c", "orders", "-vvv", "--gzip", "dump");
    assertThat(options.one("uri")).contains("mongodb://h/?a=b");
    assertThat(options.one("db")).contains("shop");
    assertThat(options.one("collection")).contains("orders");
    assertThat(options.has("gzip")).isTrue();
    assertThat(options.has("drop")).isFalse();
    assertThat(options.rest()).containsExactly("dump");
  }

  @Test
  void whatChangesOnlyThePaceIsAccepted() {
    assertThat(read("-j", "4", "--quiet", "--numParallelCollections=2", "x").rest())
        .containsExactly("x");
  }

  @Test
  void whatIsNotKnownLacksItsValueOrIsGivenTwiceIsRefused() {
    assertThatThrownBy(() -> read("--oplog"))
        .isInstanceOf(ToolFailure.class)
        .hasMessageContaining("option --oplog is not among those");
    assertThatThrownBy(() -> read("--db")).hasMessageContaining("option --db lacks its value");
    assertThatThrownBy(() -> read("--db=a", "-d", "b").one("db"))
        .hasMessageContaining("option --db is given twice");
  }

  private static ToolOptions read(String... arguments) {
    return ToolOptions.read(arguments, Set.of("uri", "db", "collection"), Set.of("gzip", "drop"));
  }
}
