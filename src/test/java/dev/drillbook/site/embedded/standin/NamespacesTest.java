package dev.drillbook.site.embedded.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamespacesTest {
  @Test
  void withoutPatternsAllAreMeant() {
    assertThat(new Namespaces(List.of(), List.of()).include("shop", "orders")).isTrue();
  }

  @Test
  void anAsteriskIsAnyTextUnlessItIsEscaped() {
    Namespaces some = new Namespaces(List.of("shop.o*", "*.x", "a.\\*b"), List.of("shop.old*"));
    assertThat(some.include("shop", "orders")).isTrue();
    assertThat(some.include("shop", "old.orders")).as("excluded").isFalse();
    assertThat(some.include("shop", "vouchers")).isFalse();
    assertThat(some.include("other", "x")).isTrue();
    assertThat(some.include("a", "*b")).isTrue();
    assertThat(some.include("a", "cb")).isFalse();
    assertThat(some.include("shopXorders", "")).as("a dot is a dot").isFalse();
  }
}
