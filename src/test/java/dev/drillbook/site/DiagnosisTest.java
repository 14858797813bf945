package dev.drillbook.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cp: error writing 'dump': No space left on device | the disk is full
          FATAL:  password authentication failed for user "clerk" | the password is wrong
          LOG:  could not bind IPv4 address "127.0.0.1": Address already in use | another process has the port
          pg_dump: error: aborting because of server version mismatch | the client tools are older
          restore.sh: line 3: pg_restore: command not found | a program or file that it needs is not there
          sh: 1: /backups: Permission denied | the user who runs this may not do so
          pg_restore: error: could not execute query: ERROR:  role "clerk" does not exist | create it before the restore
          ERROR:  extension "postgis" is not available | install it before the restore
          gzip: stdin: unexpected end of file | the backup file is damaged or incomplete
          psql: error: connection to server at "127.0.0.1", port 5432 failed: Connection refused | is it running, and on this port?
          """)
  void aUsualMessageHasAHint(String message, String hint) {
    assertThat(Diagnosis.of(List.of("starting", message), "none")).contains(hint);
  }

  @Test
  void anUnknownMessageHasTheHintOfItsCaller() {
    assertThat(Diagnosis.of(List.of("it did not work"), "read the log")).isEqualTo("read the log");
    assertThat(Diagnosis.of(List.of(), "read the log")).isEqualTo("read the log");
  }
}
