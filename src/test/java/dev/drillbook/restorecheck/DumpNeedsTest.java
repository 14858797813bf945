package dev.drillbook.restorecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpNeedsTest {
  @TempDir Path folder;

  private DumpNeeds needs(String sql) throws IOException {
    return DumpNeeds.of(Files.writeString(folder.resolve("dump.sql"), sql));
  }

  @Test
  void rolesThatOwnOrMayUseThingsAreFound() throws IOException {
    assertThat(
            needs(
                    """
                    ALTER TABLE public.orders OWNER TO shop;
                    ALTER TABLE public."Odd; name" OWNER TO "Head ""of"" Verkäufe";
                    GRANT SELECT ON TABLE public.orders TO auditor;
                    GRANT ALL ON SCHEMA x TO boss WITH GRANT OPTION;
                    REVOKE ALL ON SCHEMA public FROM PUBLIC;
                    REVOKE USAGE ON SCHEMA public FROM former;
                    ALTER DEFAULT PRIVILEGES FOR ROLE maker IN SCHEMA public GRANT SELECT ON TABLES TO reader;
                    """)
                .roles())
        .containsExactlyInAnyOrder(
            "shop", "Head \"of\" Verkäufe", "auditor", "boss", "former", "maker");
  }

  @Test
  void extensionsAreFound() throws IOException {
    assertThat(
            needs(
                    """
                    CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
                    CREATE EXTENSION "uuid-ossp";
                    """)
                .extensions())
        .containsExactlyInAnyOrder("citext", "uuid-ossp");
  }

  @Test
  void whatStandsInRowsIsNotMeant() throws IOException {
    DumpNeeds needs =
        needs(
            """
            COPY public.notes (body) FROM stdin;
            ALTER TABLE public.orders OWNER TO mallory;
            CREATE EXTENSION evil;
            \\.
            ALTER TABLE public.orders OWNER TO shop;
            """);
    assertThat(needs.roles()).containsExactly("shop");
    assertThat(needs.extensions()).isEmpty();
  }
}
