package dev.drillbook.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DamageTest {
  private static final String VERSION = "15.18 (Debian 15.18-0+deb12u1)";
  private static final String SQL =
      "\\restrict key\nCREATE TABLE a();\nCOPY a FROM stdin;\n\\.\n\\unrestrict key\n";

  @Test
  void aTenthIsCutOff() {
    assertThat(Damage.truncated(new byte[100])).hasSize(90);
  }

  @Test
  void oneBitFlipsAndTheOriginalStaysAsItWas() {
    byte[] whole = new byte[9];
    byte[] flipped = Damage.flipped(whole);
    assertThat(whole).containsOnly(0);
    assertThat(flipped).hasSameSizeAs(whole);
    int bits = 0;
    for (byte each : flipped) {
      bits += Integer.bitCount(each & 0xff);
    }
    assertThat(bits).isEqualTo(1);
  }

  @Test
  void bothVersionsInAHeaderAreNewer() {
    byte[] archive = bytes("PGDMP\1\16\0 shop\0" + VERSION + "\0" + VERSION + " rows");
    assertThat(text(Damage.ofMajor99(archive, VERSION)))
        .contains("99.18 (Debian 99.18-0+deb12u1)\0" + "99.18 (Debian 99.18")
        .doesNotContain("15.18")
        .endsWith(" rows");
  }

  @Test
  void whatComesAfterTheHeaderIsLeftAlone() {
    byte[] archive = bytes(VERSION + " ".repeat(600) + "15.18");
    assertThat(text(Damage.ofMajor99(archive, VERSION))).startsWith("99.18").endsWith(" 15.18");
  }

  @Test
  void anArchiveOfAnotherVersionIsNotPatched() {
    assertThatThrownBy(() -> Damage.ofMajor99(bytes("PGDMP 14.2"), VERSION))
        .hasMessageContaining("does not say 15.18");
  }

  @Test
  void aStatementComesBeforeTheRows() {
    assertThat(Damage.withStatement(SQL, "\\! true"))
        .contains("CREATE TABLE a();\n\\! true\n\nCOPY a FROM stdin;");
    assertThatThrownBy(() -> Damage.withStatement("CREATE TABLE a();", "x"))
        .hasMessageContaining("no rows");
  }

  @Test
  void nothingForbidsPsqlItsCommandsAnyMore() {
    assertThat(Damage.unrestricted(SQL)).isEqualTo("CREATE TABLE a();\nCOPY a FROM stdin;\n\\.\n");
  }

  @Test
  void gzipComesBack() throws IOException {
    assertThat(Damage.gunzipped(Damage.gzipped("näher"))).isEqualTo("näher");
    assertThat(Damage.gzipped("a")).as("the same every time").isEqualTo(Damage.gzipped("a"));
  }

  @Test
  void saltedIsTheSameForASeedAndAnotherForAnother() {
    byte[] one = Salted.encrypt(bytes("plain"), "key", new Random(1));
    assertThat(Salted.encrypt(bytes("plain"), "key", new Random(1))).isEqualTo(one);
    assertThat(Salted.encrypt(bytes("plain"), "key", new Random(2))).isNotEqualTo(one);
    assertThat(text(one)).startsWith("Salted__").hasSize(16 + 16);
  }

  @Test
  void ourOwnAdministratorsAreNotTheShops() {
    assertThat(
            Dumps.withoutOurs(
                "CREATE ROLE drillbook_admin;\nCREATE ROLE shop;\nGRANT a TO shop GRANTED BY drillbook_admin;\n"))
        .isEqualTo("CREATE ROLE shop;\nGRANT a TO shop;\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
