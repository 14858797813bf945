package dev.drillbook.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibpqSettingsTest {

  @Test
  void itIsNamedWithoutItsPassword() {
    LibpqSettings settings =
        new LibpqSettings(
            Map.of(
                "PGHOST", "one,two",
                "PGPORT", "5433",
                "PGDATABASE", "shop",
                "PGUSER", "backup",
                "PGPASSWORD", "hush"));
    assertThat(settings.name()).isEqualTo("database shop on one,two:5433");
  }

  @Test
  void withoutVariablesItIsTheUsersOwnDatabaseHere() {
    LibpqSettings settings = new LibpqSettings(Map.of());
    assertThat(settings.name())
        .isEqualTo("database " + System.getProperty("user.name") + " on localhost:5432");
    assertThat(new LibpqSettings(Map.of("PGUSER", "clerk")).database()).isEqualTo("clerk");
  }

  @Test
  void whatCannotBeIsSaidWithAHint() {
    assertThatThrownBy(() -> new LibpqSettings(Map.of("PGHOST", "/var/run/postgresql")))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("set PGHOST=localhost");
    assertThatThrownBy(() -> new LibpqSettings(Map.of("PGPORT", "usual")))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("PGPORT is usual");
  }
}
