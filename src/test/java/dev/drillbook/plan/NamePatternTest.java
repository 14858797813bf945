package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "shop_{yyyyMMdd_HHmmss}.sql.gz, shop_20261105_020001.sql.gz, 2026-11-05T02:00:01Z",
    "daily/*_{yyyy-MM-dd}.dump, daily/shop_2026-11-05.dump, 2026-11-05T00:00:00Z",
    "base/{yyyyMMdd'T'HHmmssX}/, base/20261105T040001+02/, 2026-11-05T02:00:01Z",
    "{yyyy/MM/dd}/shop.rdb, 2026-11-05/shop.rdb, ",
    "{yyyy/MM/dd}/shop.rdb, 2026/11/05/shop.rdb, 2026-11-05T00:00:00Z",
    "shop_{yyyyMMdd}*, shop_20261105.dump, 2026-11-05T00:00:00Z",
    "shop_{yyyyMMdd_HHmmss}_*.gz, shop_20261105_020001_full_1.gz, 2026-11-05T02:00:01Z",
    "*{ddMMMyyyy}*.gz, shop05Nov2026x.gz, 2026-11-05T00:00:00Z",
    "{yyyy-M-d}*/, 2026-11-5-daily/, 2026-11-05T00:00:00Z",
    "{yyyyMMdd'T'HHmm[ss]}.gz, 20261105T0200.gz, 2026-11-05T02:00:00Z",
    "shop_{yyyyMMdd}.sql, shop_20261331.sql, ",
    "shop_{yyyyMMdd}.sql, shop_20270229.sql, ",
    "shop.sql, shop.sql, ",
  })
  void aTimeInANameIsRead(String pattern, String name, Instant expected) throws Exception {
    assertThat(NamePattern.parse(pattern).timeIn(name, ZoneOffset.UTC).orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void aTimeWithoutAZoneIsOfTheZoneThatIsAskedFor() throws Exception {
    NamePattern pattern = NamePattern.parse("shop_{yyyyMMddHHmm}.sql");
    assertThat(pattern.timeIn("shop_202607050200.sql", ZoneId.of("Asia/Dhaka")))
        .hasValue(Instant.parse("2026-07-04T20:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "{yyyy-MM-dd}.dump, DAYS",
    "{yyyyMMdd'at'HH}.dump, HOURS",
    "{yyyyMMddHHmm}.dump, MINUTES",
    "{yyyyMMddHHmmss}.dump, SECONDS",
    "{yyyyMMddHHmmssSSS}.dump, SECONDS",
    "shop.dump, SECONDS",
  })
  void howFineATimeIsShowsInItsLetters(String pattern, ChronoUnit expected) throws Exception {
    assertThat(NamePattern.parse(pattern).precision()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "shop_{yyyyMMdd}.sql, shop_latest.sql, false",
    "shop_{yyyyMMdd}.sql, shop_20261331.sql, true",
    "*.sql, a.sql, true",
    "*.sql, a/b.sql, false",
    "*.sql, aXsql, false",
    "a.b, a+b, false",
    "daily/*, daily/x, true",
    "daily/*, weekly/x, false",
    "{yyyyMMdd}/, 20261105/, true",
    "{yyyyMMdd}/, 20261105, false",
    "{yyyyMMdd}/, a/20261105/, false",
  })
  void whatStandsForAnythingStandsForNoSlash(String pattern, String name, boolean matches)
      throws Exception {
    assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/var/backups/x",
        "../x",
        "a/../b",
        "{yyyyMMdd}_{HHmm}",
        "{HHmm}",
        "{yyyyQQQQQQ}",
        "{}"
      })
  void whatIsNoPatternIsRefused(String pattern) {
    assertThatThrownBy(() -> NamePattern.parse(pattern))
        .isInstanceOf(BadValue.class)
        .message()
        .isNotBlank();
  }
}
