package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerTest {
  private static final Owner OURS = Owner.of(1000, "id", "host");

  @Test
  void anOwnerIsTheSameUserOfTheSameMachine() {
    assertThat(Owner.of(1000, "id", "host")).isEqualTo(OURS);
    assertThat(Owner.of(1001, "id", "host")).isNotEqualTo(OURS);
    assertThat(Owner.of(1000, "other", "host")).isNotEqualTo(OURS);
    assertThat(Owner.of(1000, "id", "other"))
        .as("a container of the same image")
        .isNotEqualTo(OURS);
    assertThat(OURS.text()).matches("1000@[0-9a-f]{16}");
  }

  @Test
  void whatHasNoOwnerIsNotOurs() {
    assertThat(OURS.owns(Map.of(Owner.LABEL, OURS.text()))).isTrue();
    assertThat(OURS.owns(Map.of(ContainersHost.SITE_LABEL, "/tmp/x"))).isFalse();
  }
}
