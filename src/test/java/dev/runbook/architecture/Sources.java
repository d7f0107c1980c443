package dev.runbook.architecture;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What only the source shows: bytecode does not know which catch a person wrote. */
final class Sources {
    /** A catch clause as written. */
    record Catch(String file, String type) {}

    private final List<Catch> catches = new ArrayList<>();

    private Sources() {}

    /** Everything that is written below a folder. */
    static Sources below(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Sources sources = new Sources();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(files(folder));
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
            for (CompilationUnitTree unit : task.parse()) {
                sources.new Scanner(folder, unit).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    /** The files of Java below a folder. */
    static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names that two files of Java below a folder have, in different packages. */
    static Set<String> namedTwice(Path folder) {
        Set<String> once = new HashSet<>();
        return files(folder).stream()
                .map(file -> file.getFileName().toString().replaceAll("\\.java$", ""))
                .filter(name -> !name.equals("package-info") && !once.add(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Catches of more than anybody can mean. */
    List<Catch> wideCatches() {
        return catches.stream()
                .filter(found -> found.type().matches("(.*\\W)?(Exception|RuntimeException|Throwable|Error)(\\W.*)?"))
                .toList();
    }

    /** Notes the catches of one file. */
    private final class Scanner extends TreePathScanner<Void, Void> {
        private final String file;

        Scanner(Path folder, CompilationUnitTree unit) {
            this.file = folder.toAbsolutePath()
                    .relativize(Path.of(unit.getSourceFile().toUri()))
                    .toString()
                    .replace('\\', '/');
        }

        @Override
        public Void visitCatch(CatchTree written, Void nothing) {
            catches.add(new Catch(file, written.getParameter().getType().toString()));
            return super.visitCatch(written, nothing);
        }
    }
}
