package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessNoteTest {
  private final ProcessHandle us = ProcessHandle.current();

  @Test
  void aProcessIsFoundByItsNote() {
    assertThat(ProcessNote.find(ProcessNote.of(us))).contains(us);
  }

  @Test
  void theStartIsCountedInTicksOfThisBoot() throws Exception {
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    assertThat(ProcessNote.of(us)).matches(us.pid() + " \\d+@" + boot);
  }

  @Test
  void aProcessOfAnotherStartOrBootIsNotFound() {
    String note = ProcessNote.of(us);
    assertThat(ProcessNote.find(note + "0")).isEmpty();
    assertThat(ProcessNote.find(us.pid() + " 1" + note.substring(note.indexOf(' ') + 1))).isEmpty();
  }

  @Test
  void whatIsNoNoteNamesNoProcess() {
    assertThat(ProcessNote.find("")).isEmpty();
    assertThat(ProcessNote.find(String.valueOf(us.pid()))).isEmpty();
    assertThat(ProcessNote.find("1234567890123456789012 1")).isEmpty();
  }
}
