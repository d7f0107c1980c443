package dev.runbook.template;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheResolver;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import dev.runbook.model.Text;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the tags of a text. The parser is Mustache.java's; a reader that counts what the parser has taken says where each tag
 * ends, since the parser itself knows lines only.
 */
public final class Tags {
    private static final int DEEPEST = 8;
    private static final Pattern PATH = Pattern.compile(
            "[\\p{L}_][\\p{L}\\p{N}_]*(?:-[\\p{L}\\p{N}_]+)*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*(?:-[\\p{L}\\p{N}_]+)*)*");

    private final CountingReader reader;
    private final String raw;
    private final List<Tag> tags = new ArrayList<>();
    private int depth;

    private Tags(String raw) {
        this.raw = raw;
        this.reader = new CountingReader(raw);
    }

    /** The tags in the order written; what is not well formed is among them as a refused tag, and ends the list. */
    public static List<Tag> of(Text text) {
        return of(text.raw());
    }

    /** The same, for a text without an origin. */
    public static List<Tag> of(String raw) {
        if (!raw.contains("{{")) {
            return List.of();
        }
        Tags found = new Tags(raw);
        try {
            new StrictFactory(found).read();
        } catch (MustacheException malformed) {
            found.malformed();
        }
        return List.copyOf(found.tags);
    }

    /** Whether this can be the name in a tag. */
    public static boolean isName(String path) {
        return PATH.matcher(path).matches();
    }

    private void begin() {
        int end = reader.taken();
        if (end == 0) {
            return;
        }
        depth++;
        if (depth > DEEPEST) {
            throw new MustacheException("too deep");
        }
        int start = raw.lastIndexOf("{{", end - 1);
        String path = raw.substring(start + 3, end - 2).trim();
        if (raw.charAt(start + 2) == '#') {
            add(Tag.Kind.SECTION_START, path, start, end);
        } else {
            tags.add(Tag.refused(path, start, end, Refusals.of(raw.charAt(start + 2))));
        }
    }

    private void end() {
        if (depth > 0) {
            depth--;
            int end = reader.taken();
            int start = raw.lastIndexOf("{{", end - 1);
            tags.add(Tag.of(
                    Tag.Kind.SECTION_END, raw.substring(start + 3, end - 2).trim(), start, end));
        }
    }

    private void value(String path, boolean escaped) {
        int start = startOfTag();
        if (escaped) {
            add(Tag.Kind.VALUE, path, start, reader.taken());
        } else {
            tags.add(Tag.refused(path, start, reader.taken(), Refusals.UNESCAPED));
        }
    }

    private void add(Tag.Kind kind, String path, int start, int end) {
        boolean item = kind == Tag.Kind.VALUE && path.equals(Tag.ITEM);
        tags.add(
                isName(path) || item
                        ? Tag.of(kind, path, start, end)
                        : Tag.refused(path, start, end, Refusals.name(path)));
    }

    private void refused(String path) {
        int start = startOfTag();
        tags.add(Tag.refused(path, start, reader.taken(), Refusals.of(raw.charAt(start + 2))));
    }

    private int startOfTag() {
        int start = raw.lastIndexOf("{{", reader.taken() - 1);
        return start > 0 && raw.charAt(start - 1) == '{' ? start - 1 : start;
    }

    /** The parser stopped here; what the text holds there says why, for the parser's own words are not for authors. */
    private void malformed() {
        int at = reader.taken();
        int start = Math.max(0, raw.lastIndexOf("{{", Math.max(0, at - 1)));
        if (depth > DEEPEST) {
            tags.add(Tag.refused("", start, at, Refusals.TOO_DEEP));
        } else if (raw.startsWith("{{=", start)) {
            tags.add(Tag.refused("", start, at, Refusals.of('=')));
        } else if (raw.startsWith("{{/", start) && raw.indexOf("}}", start) >= 0) {
            tags.add(Tag.refused("", start, at, Refusals.strayEnd(raw.substring(start, at), open())));
        } else if (at >= raw.length() && depth > 0 && raw.indexOf("}}", start) >= 0) {
            unclosedSection();
        } else if (raw.indexOf("}}", start) < 0 || raw.startsWith("{{{", Math.max(0, start - 1))) {
            tags.add(Tag.refused("", start, at, Refusals.UNCLOSED));
        } else {
            tags.add(Tag.refused("", start, at, Refusals.name("")));
        }
    }

    private void unclosedSection() {
        Tag open = openSection();
        tags.add(Tag.refused(open.path(), open.start(), open.end(), Refusals.unclosed(open)));
    }

    private String open() {
        return depth > 0 ? openSection().path() : "";
    }

    /** The innermost section that has begun and not ended. */
    private Tag openSection() {
        int closed = 0;
        for (int i = tags.size() - 1; i >= 0; i--) {
            Tag tag = tags.get(i);
            if (tag.kind() == Tag.Kind.SECTION_END) {
                closed++;
            } else if (opens(tag) && closed-- == 0) {
                return tag;
            }
        }
        throw new IllegalStateException("no section is open in " + raw);
    }

    private boolean opens(Tag tag) {
        return tag.kind() == Tag.Kind.SECTION_START
                || tag.kind() == Tag.Kind.REFUSED && "#^<$".indexOf(raw.charAt(tag.start() + 2)) >= 0;
    }

    /** A factory that reads one text and can reach nothing else: no partials, no other delimiters, no objects. */
    private static final class StrictFactory extends DefaultMustacheFactory {
        private final Tags tags;

        StrictFactory(Tags tags) {
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
    private record Visitor(Tags tags) implements MustacheVisitor {
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
}
