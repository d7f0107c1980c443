package dev.runbook.architecture;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What only the source shows: bytecode knows neither the size of a method nor which catch a person wrote. */
final class Sources {
    /** A method and its size. */
    record Method(String name, long lines) {}

    /** A catch clause as written. */
    record Catch(String file, String type) {}

    private final List<Method> methods = new ArrayList<>();
    private final List<Catch> catches = new ArrayList<>();

    private Sources() {}

    /** Everything that is written below a folder. */
    static Sources below(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Sources sources = new Sources();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(files(folder));
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                sources.new Scanner(folder, unit, trees).scan(unit, null);
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

    List<Method> methods() {
        return List.copyOf(methods);
    }

    /** Catches of more than anybody can mean. */
    List<Catch> wideCatches() {
        return catches.stream()
                .filter(found -> found.type().matches("(.*\\W)?(Exception|RuntimeException|Throwable|Error)(\\W.*)?"))
                .toList();
    }

    /** Notes methods and catches of one file. */
    private final class Scanner extends TreePathScanner<Void, Void> {
        private final String file;
        private final CompilationUnitTree unit;
        private final Trees trees;

        Scanner(Path folder, CompilationUnitTree unit, Trees trees) {
            this.file = folder.toAbsolutePath()
                    .relativize(Path.of(unit.getSourceFile().toUri()))
                    .toString()
                    .replace('\\', '/');
            this.unit = unit;
            this.trees = trees;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            methods.add(new Method(file + " " + method.getName(), line(end(method)) - line(start(method)) + 1));
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitCatch(CatchTree written, Void nothing) {
            catches.add(new Catch(file, written.getParameter().getType().toString()));
            return super.visitCatch(written, nothing);
        }

        private long start(Tree tree) {
            return trees.getSourcePositions().getStartPosition(unit, tree);
        }

        private long end(Tree tree) {
            return trees.getSourcePositions().getEndPosition(unit, tree);
        }

        private long line(long offset) {
            return unit.getLineMap().getLineNumber(Math.max(0, offset));
        }
    }
}
