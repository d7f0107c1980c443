package dev.runbook.template;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheResolver;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import dev.runbook.language.Text;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tag as it stands in a text.
 *
 * @param kind what it is
 * @param path the name, perhaps with a column or part after a dot; empty where a refused tag has none
 * @param start offset of its first brace in the raw text
 * @param end offset after its last brace
 * @param refusal why it is refused, and what to write instead; present for {@link Kind#REFUSED} alone
 */
public record Tag(Kind kind, String path, int start, int end, Optional<String> refusal) {
    /** The path by which a section over a list names its item. */
    public static final String ITEM = ".";

    /** What a tag is. */
    public enum Kind {
        /** {@code {{name}}}. */
        VALUE,
        /** {@code {{#name}}}. */
        SECTION_START,
        /** {@code {{/name}}}. */
        SECTION_END,
        /** A tag that the language does not have, or that is not well formed. */
        REFUSED
    }

    /** The tags of a text in the order written; what is not well formed is among them as a refused tag, and ends the list. */
    public static List<Tag> in(Text text) {
        return in(text.raw());
    }

    /** The same, for a text without an origin. */
    public static List<Tag> in(String raw) {
        return raw.contains("{{") ? new Finder(raw).find() : List.of();
    }

    /** Whether this can be the name in a tag. */
    static boolean isName(String path) {
        return Finder.PATH.matcher(path).matches();
    }

    /** The name, without column or part. */
    public String head() {
        int dot = path.indexOf('.');
        return dot > 0 ? path.substring(0, dot) : path;
    }

    /** The column or part after the name. */
    public Optional<String> rest() {
        int dot = path.indexOf('.');
        return dot > 0 ? Optional.of(path.substring(dot + 1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return switch (kind) {
            case VALUE, REFUSED -> "{{" + path + "}}";
            case SECTION_START -> "{{#" + path + "}}";
            case SECTION_END -> "{{/" + path + "}}";
        };
    }

    /**
     * Finds the tags of a text. The parser is Mustache.java's; a reader that counts what the parser has taken says where each tag
     * ends, since the parser itself knows lines only.
     */
    private static final class Finder {
        private static final int MAX_DEPTH = 8;
        private static final Pattern PATH = Pattern.compile(
                "[\\p{L}_][\\p{L}\\p{N}_]*(?:-[\\p{L}\\p{N}_]+)*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*(?:-[\\p{L}\\p{N}_]+)*)*");

        private final CountingReader reader;
        private final String raw;
        private final List<Tag> tags = new ArrayList<>();
        private final Deque<Tag> open = new ArrayDeque<>();
        private int behindLast;

        Finder(String raw) {
            this.raw = raw;
            this.reader = new CountingReader(raw);
        }

        List<Tag> find() {
            try {
                new StrictFactory(this).read();
            } catch (MustacheException malformed) {
                malformed();
            }
            return List.copyOf(tags);
        }

        /** The parser begins a section, or the whole text. */
        private void begin() {
            int end = reader.taken();
            if (end == 0) {
                return;
            }
            int start = nextStart();
            // the parser takes the end of the text for the end of such a tag
            boolean closed = end - 2 > start + 2 && raw.startsWith("}}", end - 2);
            if (!closed || open.size() == MAX_DEPTH) {
                throw new MustacheException("refused");
            }
            String path = raw.substring(start + 3, end - 2).trim();
            if (raw.charAt(start + 2) == '#') {
                add(named(Kind.SECTION_START, path));
            } else {
                add(refused(path, Refusals.of(raw.charAt(start + 2))));
            }
            open.push(tags.get(tags.size() - 1));
        }

        /** The parser ends a section, or the whole text. */
        private void end() {
            if (!open.isEmpty()) {
                add(tag(Kind.SECTION_END, open.pop().path()));
            }
        }

        private void value(String path, boolean escaped) {
            add(escaped ? named(Kind.VALUE, path) : refused(path, Refusals.UNESCAPED));
        }

        private void refused(String path) {
            add(refused(path, Refusals.of(raw.charAt(nextStart() + 2))));
        }

        private Tag named(Kind kind, String path) {
            boolean item = kind == Kind.VALUE && path.equals(ITEM);
            return isName(path) || item ? tag(kind, path) : refused(path, Refusals.name(path));
        }

        private Tag refused(String path, String why) {
            return new Tag(Kind.REFUSED, path, nextStart(), reader.taken(), Optional.of(why));
        }

        private Tag tag(Kind kind, String path) {
            return new Tag(kind, path, nextStart(), reader.taken(), Optional.empty());
        }

        private void add(Tag tag) {
            tags.add(tag);
            behindLast = tag.end();
        }

        /** Where the tag starts that the parser has just taken or stumbled over; negative when there was none. */
        private int nextStart() {
            return raw.indexOf("{{", behindLast);
        }

        /** The parser stopped; what the text holds there says why, for the parser's own words are not for authors. */
        private void malformed() {
            int start = nextStart();
            if (start < 0) {
                Tag section = open.peek();
                tags.add(new Tag(
                        Kind.REFUSED,
                        section.path(),
                        section.start(),
                        section.end(),
                        Optional.of(Refusals.unclosed(section))));
            } else {
                tags.add(refused("", malformed(start)));
            }
        }

        private String malformed(int start) {
            if (raw.startsWith("{{=", start)) {
                return Refusals.of('=');
            }
            if (raw.indexOf("}}", start) < 0 || raw.startsWith("{{{", start)) {
                return Refusals.UNCLOSED;
            }
            if (raw.startsWith("{{/", start)) {
                return Refusals.strayEnd(
                        raw.substring(start, reader.taken()),
                        open.isEmpty() ? "" : open.peek().path());
            }
            return open.size() == MAX_DEPTH ? Refusals.TOO_DEEP : Refusals.name("");
        }

        /** A factory that reads one text and can reach nothing else: no partials, no other delimiters, no objects. */
        private static final class StrictFactory extends DefaultMustacheFactory {
            private final Finder tags;

            StrictFactory(Finder tags) {
                super((MustacheResolver) name -> {
                    throw new MustacheException("refused: " + name);
                });
                this.tags = tags;
                mc.setAllowChangingDelimeters(false);
            }

            void read() {
                mc.compile(tags.reader, "text");
            }

            @Override
            public MustacheVisitor createMustacheVisitor() {
                tags.begin();
                return new Visitor(tags);
            }
        }

        /** Hears what the parser finds, innermost first; makes no template of it. */
        private record Visitor(Finder tags) implements MustacheVisitor {
            @Override
            public Mustache mustache(TemplateContext context) {
                tags.end();
                return null;
            }

            @Override
            public void value(TemplateContext context, String name, boolean escaped) {
                tags.value(name, escaped);
            }

            @Override
            public void partial(TemplateContext context, String name, String indent) {
                tags.refused(name);
            }

            @Override
            public void dynamicPartial(TemplateContext context, String name, String indent) {
                tags.refused(name);
            }

            @Override
            public void pragma(TemplateContext context, String pragma, String arguments) {
                tags.refused(pragma);
            }

            @Override
            public void comment(TemplateContext context, String comment) {
                tags.refused("");
            }

            // Sections were noted when they began; the text between tags is cut from the raw text.

            @Override
            public void iterable(TemplateContext context, String name, Mustache body) {}

            @Override
            public void notIterable(TemplateContext context, String name, Mustache body) {}

            @Override
            public void extend(TemplateContext context, String name, Mustache body) {}

            @Override
            public void name(TemplateContext context, String name, Mustache body) {}

            @Override
            public void checkName(TemplateContext context, String name, Mustache body) {}

            @Override
            public void write(TemplateContext context, String text) {}

            @Override
            public void eof(TemplateContext context) {}
        }

        /** Gives one character at a time and knows how many are taken. Claims marks, lest the parser puts a buffer before it. */
        private static final class CountingReader extends Reader {
            private final String text;
            private int taken;
            private int mark;

            CountingReader(String text) {
                this.text = text;
            }

            int taken() {
                return taken;
            }

            @Override
            public int read() {
                return taken < text.length() ? text.charAt(taken++) : -1;
            }

            @Override
            public int read(char[] target, int offset, int length) {
                int given = 0;
                while (given < length && taken < text.length()) {
                    target[offset + given++] = text.charAt(taken++);
                }
                return given == 0 && length > 0 ? -1 : given;
            }

            @Override
            public boolean markSupported() {
                return true;
            }

            @Override
            public void mark(int limit) {
                mark = taken;
            }

            @Override
            public void reset() {
                taken = mark;
            }

            @Override
            public void close() {}
        }

        /** Why tags are refused, in words for authors. */
        private static final class Refusals {
            static final String UNESCAPED =
                    "A tag that leaves out the escaping is refused. Write {{name}}: the place where it stands decides"
                            + " how it is escaped.";
            static final String UNCLOSED = "This tag is never closed. Write }} behind the name.";
            static final String TOO_DEEP = "Sections are nested too deep.";

            private Refusals() {}

            /** Why a tag that begins with this mark is refused. */
            static String of(char mark) {
                return switch (mark) {
                    case '^' ->
                        "A section for what is missing ({{^name}}) is refused. Use a condition of a step (when)"
                                + " instead.";
                    case '>' -> "A partial ({{>name}}) is refused: a runbook includes nothing. Write the text itself.";
                    case '<', '$' -> "An inherited layout ({{<name}}, {{$name}}) is refused. Write the text itself.";
                    case '=' -> "Other delimiters are refused. Tags are always written {{name}}.";
                    case '!' -> "A comment tag is refused. Write a YAML comment: # and a blank before it.";
                    case '%' -> "A pragma is refused.";
                    default -> name(String.valueOf(mark));
                };
            }

            /** A name that cannot be one. */
            static String name(String path) {
                return path.isEmpty()
                        ? "A tag needs a name: {{name}} or {{name.column}}."
                        : "\"" + path
                                + "\" cannot be the name in a tag. Write {{name}} or {{name.column}}, with letters,"
                                + " digits and _.";
            }

            /** A section that never ends. */
            static String unclosed(Tag open) {
                return "The section {{#" + open.path() + "}} never ends. Write {{/" + open.path() + "}} where it ends.";
            }

            /** An end without its section. */
            static String strayEnd(String written, String open) {
                return open.isEmpty()
                        ? written + " ends a section that never began."
                        : written + " stands where {{/" + open + "}} has to end its section first.";
            }
        }
    }
}
