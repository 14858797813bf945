package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class SiteFolderTest {
  @TempDir Path parent;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aNewFolderCannotBeListedByOthers() throws IOException {
    Path path = SiteFolder.create(parent.resolve("new")).path();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx--x--x");
  }

  @Test
  void aSiteThatWasRemovedIsNotMadeAgain() {
    SiteFolder folder = SiteFolder.create(parent);
    Path inner = folder.make(folder.path().resolve("a").resolve("b"));
    assertThat(folder.make(inner)).isEmptyDirectory();
    assertThat(folder.remove()).isEmpty();
    assertThatThrownBy(() -> folder.make(inner)).hasMessageContaining("has been removed");
    assertThatThrownBy(() -> folder.undo().write(new Undo.EndWithSite("it")))
        .hasMessageContaining("no fault acts whose undo is not on disk");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aSiteThatCannotBeLookedAtIsNotAbandonedAndOneThatIsGoneIs() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThat(SiteFolder.isAbandoned(file.resolve("drillbook-site-1"))).isFalse();
    assertThat(SiteFolder.isAbandoned(parent.resolve("drillbook-site-1"))).isTrue();
  }

  @Test
  void whereOthersMayWriteThereIsNoSiteAndNothingIsSwept() throws Exception {
    Path open = Files.createDirectory(parent.resolve("open"));
    SiteFolder abandoned = SiteFolder.create(open);
    disown(abandoned);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> SiteFolder.create(open)).hasMessageContaining("lets others write");
    assertThatThrownBy(() -> SiteFolder.sweep(open)).hasMessageContaining("lets others write");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx------"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), open);
    assertThatThrownBy(() -> SiteFolder.create(link)).hasMessageContaining("is a link");
    assertThatThrownBy(() -> SiteFolder.sweep(link)).hasMessageContaining("is a link");
    assertThat(abandoned.path()).exists();
    assertThat(SiteFolder.sweep(open)).hasSize(1);
  }

  /** As root, who alone can give a folder away and who would run its undo scripts. */
  @Test
  @EnabledIfSystemProperty(named = "user.name", matches = "root")
  void whatAnotherUserHasPutThereIsNotSwept() throws Exception {
    SiteFolder theirs = SiteFolder.create(parent);
    Path ran = parent.resolve("ran");
    theirs.undo().write(new Undo.Run("it", List.of("touch", ran.toString())));
    disown(theirs);
    Files.setAttribute(theirs.path(), "unix:uid", 65534);
    assertThat(SiteFolder.sweep(parent)).isEmpty();
    assertThat(ran).doesNotExist();
    Files.setAttribute(theirs.path(), "unix:uid", 0);
    assertThat(SiteFolder.sweep(parent)).hasSize(1);
    assertThat(ran).exists();
  }

  @Test
  void aSecretCanBeReadByUsAlone() throws IOException {
    Path file = parent.resolve("password");
    SiteFolder.writeSecret(file, "first");
    SiteFolder.writeSecret(file, "second");
    assertThat(file).hasContent("second");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderIsItsMakersAsLongAsItHoldsTheLockWhateverItsNoteSays() throws Exception {
    Process maker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SiteMaker.class.getName(),
                parent.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(maker);
    Path folder = Path.of(maker.inputReader().readLine());
    assertThat(SiteFolder.sweep(parent)).isEmpty();
    // As another container sees it, or this machine once its clock was corrected.
    Files.writeString(folder.resolve("owner"), "999999999 1234567890");
    assertThat(SiteFolder.sweep(parent)).isEmpty();
    assertThat(folder).exists();

    maker.destroyForcibly().waitFor();
    assertThat(SiteFolder.sweep(parent)).hasSize(1);
    assertThat(folder).doesNotExist();
  }

  @Test
  void aFolderThatAnotherSiteOfThisJvmHoldsIsUntouched() throws Exception {
    SiteFolder folder = SiteFolder.create(parent);
    Files.writeString(folder.path().resolve("owner"), "999999999 1234567890");
    assertThat(SiteFolder.sweep(parent)).isEmpty();
    assertThat(folder.path()).exists();
  }

  @Test
  void aRemovalThatWasCutShortIsFinished() throws Exception {
    SiteFolder folder = SiteFolder.create(parent);
    disown(folder);
    Files.delete(folder.path().resolve("lock"));
    assertThat(SiteFolder.sweep(parent)).hasSize(1);
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void removingLeavesNothing() throws IOException {
    SiteFolder folder = SiteFolder.create(parent);
    Files.writeString(folder.make(folder.path().resolve("db-data")).resolve("file"), "x");
    assertThat(folder.remove()).isEmpty();
    assertThat(folder.path()).doesNotExist();
    assertThat(folder.remove()).isEmpty();
  }

  @Test
  void aLinkIsRemovedAndNotWhatItPointsTo() throws IOException {
    Path precious = Files.writeString(parent.resolve("precious"), "x");
    SiteFolder folder = SiteFolder.create(parent);
    Files.createSymbolicLink(folder.path().resolve("link"), precious);
    assertThat(folder.remove()).isEmpty();
    assertThat(precious).exists();
  }

  @Test
  void theFolderOfADeadOwnerIsRemovedAndItsProcessesEnded() throws Exception {
    Process child = sleeping();
    SiteFolder folder = SiteFolder.create(parent);
    folder.adopt(child.toHandle());
    disown(folder);

    assertThat(SiteFolder.sweep(parent))
        .singleElement()
        .asString()
        .contains("removed " + folder.path());
    assertThat(folder.path()).doesNotExist();
    await().until(() -> !child.isAlive());
    assertThat(SiteFolder.sweep(parent)).isEmpty();
  }

  @Test
  void theFolderOfALiveOwnerIsUntouched() throws IOException {
    Process child = sleeping();
    SiteFolder folder = SiteFolder.create(parent);
    folder.adopt(child.toHandle());

    assertThat(SiteFolder.sweep(parent)).isEmpty();
    assertThat(folder.path()).exists();
    assertThat(child.isAlive()).isTrue();
  }

  @Test
  void theFolderOfAnOwnerThatNobodyWaitedForIsRemoved() throws Exception {
    long zombie = zombie();
    ProcessHandle dead = ProcessHandle.of(zombie).orElseThrow();
    SiteFolder folder = SiteFolder.create(parent);
    Files.writeString(folder.path().resolve("owner"), ProcessNote.of(dead));
    folder.release();

    assertThat(SiteFolder.sweep(parent)).hasSize(1);
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void aFolderThatWasKeptIsUntouched() throws Exception {
    Process child = sleeping();
    SiteFolder folder = SiteFolder.create(parent);
    folder.adopt(child.toHandle());
    folder.keep();
    disown(folder);

    assertThat(SiteFolder.sweep(parent)).isEmpty();
    assertThat(folder.path()).exists();
    assertThat(child.isAlive()).isTrue();
  }

  @Test
  void aProcessThatWasGivenTheNumberOfAChildIsNotEnded() throws Exception {
    Process stranger = sleeping();
    SiteFolder folder = SiteFolder.create(parent);
    Files.writeString(folder.path().resolve("children"), stranger.pid() + " 1234567890\n");
    disown(folder);

    assertThat(SiteFolder.sweep(parent)).hasSize(1);
    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void anOwnerWhoseNumberWasGivenToAnotherProcessIsDead() throws Exception {
    SiteFolder folder = SiteFolder.create(parent);
    Files.writeString(
        folder.path().resolve("owner"), ProcessHandle.current().pid() + " 1234567890");
    folder.release();
    assertThat(SiteFolder.sweep(parent)).hasSize(1);
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void aNoteThatCannotBeReadIsNoReasonToStop() throws Exception {
    SiteFolder folder = SiteFolder.create(parent);
    Files.writeString(folder.path().resolve("children"), "12\nnot a number\n\n");
    disown(folder);
    assertThat(SiteFolder.sweep(parent)).hasSize(1);
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void whatIsNoSiteIsUntouched() throws IOException {
    Path file = Files.writeString(parent.resolve("notes.txt"), "x");
    Path unowned = Files.createDirectory(parent.resolve("drillbook-site-new"));
    assertThat(SiteFolder.sweep(parent)).isEmpty();
    assertThat(SiteFolder.sweep(parent.resolve("none"))).isEmpty();
    assertThat(file).exists();
    assertThat(unowned).exists();
  }

  /** Makes a process that has ended look like the folder's maker. */
  private static void disown(SiteFolder folder) throws Exception {
    Process gone = new ProcessBuilder("true").start();
    String owner = ProcessNote.of(gone.toHandle());
    gone.waitFor();
    Files.writeString(folder.path().resolve("owner"), owner);
    folder.release();
  }

  private Process sleeping() throws IOException {
    Process process = new ProcessBuilder("sleep", "600").start();
    started.add(process);
    return process;
  }

  /** The number of a process that has ended, and whose parent does not wait for it. */
  private long zombie() throws IOException {
    Path file = parent.resolve("pid");
    // The shell becomes a program that knows nothing of the child it has.
    Process shell =
        new ProcessBuilder("sh", "-c", "sleep 600 & echo $! > " + file + "; exec sleep 600")
            .start();
    started.add(shell);
    await().until(() -> proc(shell.pid(), "comm").startsWith("sleep"));
    long pid = Long.parseLong(Files.readString(file).strip());
    Signals.send("KILL", List.of(pid));
    await().until(() -> proc(pid, "stat").contains(") Z "));
    return pid;
  }

  private static String proc(long pid, String file) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(pid), file));
  }
}
