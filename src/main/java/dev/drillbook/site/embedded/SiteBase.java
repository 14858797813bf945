package dev.drillbook.site.embedded;

import dev.drillbook.site.UndoJournal;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/**
 * What a site is made on.
 *
 * @param folder all its files
 * @param planFolder the plan's, which it only reads
 * @param journal where it says how it is undone
 * @param freePort gives a port of the loopback address that nobody else of the site has
 * @param uid the number of the user who owns the folder
 * @param gid of that user's group
 */
public record SiteBase(
    Path folder, Path planFolder, UndoJournal journal, IntSupplier freePort, int uid, int gid) {}
