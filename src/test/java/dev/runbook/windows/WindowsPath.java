package dev.runbook.windows;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;

/** A path of {@link WindowsFiles}: two of them are equal whatever their case. */
final class WindowsPath implements Path {
    private final WindowsFiles files;
    private final Path syntax;

    WindowsPath(WindowsFiles files, Path syntax) {
        this.files = files;
        this.syntax = syntax;
    }

    /** What knows how it is written; refuses paths of other file systems, as all providers do. */
    static Path syntax(Path path) {
        if (path instanceof WindowsPath ours) {
            return ours.syntax;
        }
        throw new ProviderMismatchException();
    }

    private Path wrap(Path other) {
        return other == null ? null : new WindowsPath(files, other);
    }

    @Override
    public FileSystem getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return syntax.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return wrap(syntax.getRoot());
    }

    @Override
    public Path getFileName() {
        return wrap(syntax.getFileName());
    }

    @Override
    public Path getParent() {
        return wrap(syntax.getParent());
    }

    @Override
    public int getNameCount() {
        return syntax.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(syntax.getName(index));
    }

    @Override
    public Path subpath(int from, int to) {
        return wrap(syntax.subpath(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof WindowsPath ours && syntax.startsWith(ours.syntax);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof WindowsPath ours && syntax.endsWith(ours.syntax);
    }

    @Override
    public Path normalize() {
        return wrap(syntax.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrap(syntax.resolve(syntax(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(syntax.relativize(syntax(other)));
    }

    @Override
    public URI toUri() {
        return syntax.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return wrap(syntax.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        files.provider().checkAccess(this);
        return toAbsolutePath().normalize();
    }

    @Override
    public File toFile() {
        throw new UnsupportedOperationException("only paths of this computer are files");
    }

    @Override
    public WatchKey register(WatchService service, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return syntax.compareTo(syntax(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowsPath ours && files == ours.files && syntax.equals(ours.syntax);
    }

    @Override
    public int hashCode() {
        return Objects.hash(syntax);
    }

    @Override
    public String toString() {
        return syntax.toString();
    }
}
