package dev.drillbook.plan;

import java.util.List;
import java.util.Locale;

/** What a component is, as a plan's {@code kind} says it. */
enum ComponentKind {
  POSTGRES,
  POSTGRES_STANDBY,
  MONGO,
  REDIS,
  OBJECT_STORE,
  APP,
  ADDRESS;

  static final ValueType<ComponentKind> TYPE =
      ValueType.choice("a kind of component", List.of(values()), ComponentKind::word);

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
