package dev.runbook.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The files of a run. Others may not read them, where the file system knows how: they belong to their owner alone, or to the
 * group of their folder where that folder is shared. No link is ever followed in writing, a new file never takes the place of
 * something that lies there, and what has been written is on disk when a method returns. On Windows the folder's own list of
 * rights decides.
 */
public final class PrivateFiles {
    private static final LinkOption NO_LINK = LinkOption.NOFOLLOW_LINKS;
    private static final int SET_GROUP = 02000;
    private static final int TEAM_FOLDER = 02770;
    /** A virus scanner or a backup holds a file for moments. */
    private static final int TRIES = 40;

    private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(50);

    private PrivateFiles() {}

    /** Whether a folder is shared by a group on purpose: its group may write, and what is made in it belongs to that group. */
    public static boolean isShared(Path folder) throws IOException {
        return isOfGroup(folder) && (mode(folder) & SET_GROUP) != 0;
    }

    /** That other accounts can read a file that holds a secret; empty where they cannot, or where nobody can tell. */
    public static Optional<String> readByOthers(Path file) {
        return rights(file)
                .filter(rights -> rights.contains(PosixFilePermission.OTHERS_READ)
                        || rights.contains(PosixFilePermission.GROUP_READ))
                .map(rights -> file + " holds a secret, and other accounts can read it: chmod go-rw " + file + ".");
    }

    /** That other accounts can change a file; empty where they cannot, or where nobody can tell. */
    public static Optional<String> changedByOthers(Path file) {
        return rights(file)
                .filter(rights -> rights.contains(PosixFilePermission.OTHERS_WRITE))
                .map(rights -> file + " can be changed by other accounts, and says which servers and programs are"
                        + " used: chmod o-w " + file + ".");
    }

    /** The rights of a file that others can come to: a folder on the way to it may keep them out. */
    private static Optional<Set<PosixFilePermission>> rights(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        while (folder != null) {
            Optional<Set<PosixFilePermission>> way = rightsOf(folder);
            if (way.filter(rights -> rights.contains(PosixFilePermission.OTHERS_EXECUTE)
                            || rights.contains(PosixFilePermission.GROUP_EXECUTE))
                    .isEmpty()) {
                return Optional.empty();
            }
            folder = folder.getParent();
        }
        return rightsOf(file);
    }

    private static Optional<Set<PosixFilePermission>> rightsOf(Path file) {
        try {
            return Files.getFileAttributeView(file, PosixFileAttributeView.class) == null
                    ? Optional.empty()
                    : Optional.of(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            // whoever reads it says so
            return Optional.empty();
        }
    }

    /**
     * Why a folder and the files in it need not be what their owner left there, or whose they are instead; empty where only this
     * account, the one that is trusted, or the group of a folder that is shared on purpose can have written them, and where the
     * file system knows no such rights.
     *
     * @param trusted another one whose files are taken
     * @throws UncheckedIOException if the rights cannot be read
     */
    public static Optional<String> foreign(Path folder, Optional<String> trusted) {
        String account = System.getProperty("user.name");
        if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
            return Optional.empty();
        }
        try (Stream<Path> files = Stream.concat(Stream.of(folder), Files.list(folder))) {
            boolean shared = isShared(folder);
            for (Path file :
                    files.filter(each -> each.equals(folder) || isPlain(each)).toList()) {
                PosixFileAttributes rights = Files.readAttributes(file, PosixFileAttributes.class, NO_LINK);
                String owner = rights.owner().getName();
                boolean known = shared
                        || owner.equals(account)
                        || trusted.filter(owner::equals).isPresent();
                if (!known) {
                    return Optional.of(file + " belongs to " + owner + ", not to " + account
                            + ". If you know that run and that account: --trust-owner " + owner + ".");
                }
                Set<PosixFilePermission> permissions = rights.permissions();
                if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                        || !shared && permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                    return Optional.of(
                            file + " can be changed by other accounts. If you know that nobody has done so: chmod go-w "
                                    + file + ".");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a folder that must not be there yet.
     *
     * @param shared whether the group of the folder above may work in it too
     * @throws java.nio.file.FileAlreadyExistsException if something of that name lies there
     */
    public static void createFolder(Path folder, boolean shared) throws IOException {
        Files.createDirectory(folder);
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        if (shared) {
            view.setGroup(group(folder.toAbsolutePath().getParent()));
            Files.setAttribute(folder, "unix:mode", TEAM_FOLDER);
        } else {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
        force(folder.toAbsolutePath().getParent());
    }

    /** Makes a file that must not be there yet, and opens it for writing. */
    public static FileChannel create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE, NO_LINK);
        try {
            restrict(file);
            force(file.toAbsolutePath().getParent());
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Opens a file that lies there.
     *
     * @throws IOException if it is no plain file of one name
     */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        requirePlain(file);
        OpenOption[] all = new OpenOption[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = NO_LINK;
        return FileChannel.open(file, all);
    }

    /** Whether it is a plain file: no link, no folder, no pipe, no device. */
    public static boolean isPlain(Path file) {
        return Files.isRegularFile(file, NO_LINK);
    }

    /**
     * What a file begins with.
     *
     * @param most how many bytes at most
     * @throws IOException if it is no plain file, or cannot be read
     */
    public static byte[] read(Path file, int most) throws IOException {
        requirePlain(file);
        try (InputStream stream = Files.newInputStream(file, NO_LINK)) {
            return stream.readNBytes(most);
        }
    }

    /** Puts a file in the place of one that may lie there: at every moment one of them lies there whole. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path written = Files.createTempFile(folder, file.getFileName() + ".", ".part");
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE, NO_LINK)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            restrict(written);
            move(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /**
     * Gives a file another name, in place of a file that may have it. Where whoever reads the other one keeps it from going, it
     * is tried for two seconds.
     */
    public static void move(Path from, Path to) throws IOException {
        for (int left = TRIES; ; left--) {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
                break;
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
                break;
            } catch (NoSuchFileException e) {
                throw e;
            } catch (FileSystemException e) {
                if (left == 0 || Files.isDirectory(to, NO_LINK)) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_TRIES);
            }
        }
        force(to.toAbsolutePath().getParent());
    }

    /** Puts the names in a folder on disk, where a system can. */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows and some file servers open no folder; they keep names by themselves
            return;
        }
    }

    private static void restrict(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, NO_LINK);
        if (view != null) {
            boolean shared = isOfGroup(file.toAbsolutePath().getParent());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(shared ? "rw-rw----" : "rw-------"));
        }
    }

    private static boolean isOfGroup(Path folder) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        Set<PosixFilePermission> rights = view.readAttributes().permissions();
        return rights.contains(PosixFilePermission.GROUP_WRITE) && rights.contains(PosixFilePermission.GROUP_EXECUTE);
    }

    private static int mode(Path folder) throws IOException {
        return (int) Files.getAttribute(folder, "unix:mode");
    }

    private static GroupPrincipal group(Path folder) throws IOException {
        return Files.readAttributes(folder, PosixFileAttributes.class).group();
    }

    /** What has a second name elsewhere may be somebody else's file. */
    private static void requirePlain(Path file) throws IOException {
        if (!Files.exists(file, NO_LINK)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!isPlain(file)) {
            throw new FileSystemException(file.toString(), null, "it is a link or a device, and no plain file");
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && (int) Files.getAttribute(file, "unix:nlink", NO_LINK) > 1) {
            throw new FileSystemException(file.toString(), null, "it has a second name elsewhere");
        }
    }
}
