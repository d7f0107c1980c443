package dev.runbook.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsTest {
    @Test
    void findsTagsWithTheirPlaces() {
        String raw = "a {{x}} b\n {{ y.z }} {{#s}}in {{q}}{{/s}} end";

        List<Tag> tags = Tag.in(raw);

        assertThat(tags.stream().map(tag -> raw.substring(tag.start(), tag.end())))
                .containsExactly("{{x}}", "{{ y.z }}", "{{#s}}", "{{q}}", "{{/s}}");
        assertThat(tags.stream().map(Tag::path)).containsExactly("x", "y.z", "s", "q", "s");
        assertThat(tags.stream().map(Tag::kind))
                .containsExactly(
                        Tag.Kind.VALUE, Tag.Kind.VALUE, Tag.Kind.SECTION_START, Tag.Kind.VALUE, Tag.Kind.SECTION_END);
        assertThat(tags.get(1).head()).isEqualTo("y");
        assertThat(tags.get(1).rest()).contains("z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a {{{x}}} b | {{{x}}} | escaping",
                "a {{&x}} b | {{&x}} | escaping",
                "a {{^x}}n{{/x}} | {{^x}} | section for what is missing",
                "a {{>p}} b | {{>p}} | partial",
                "a {{>*p}} b | {{>*p}} | partial",
                "a {{<p}}{{/p}} | {{<p}} | layout",
                "a {{$p}}{{/p}} | {{$p}} | layout",
                "a {{!c}} b | {{!c}} | comment",
                "a {{%p}} b | {{%p}} | pragma",
                "a {{=<% %>=}} | {{= | delimiters",
                "a {{}} b | {{}} | needs a name",
                "a {{ }} b | {{ }} | needs a name",
                "a {{x y}} b | {{x y}} | cannot be the name",
                "a {{x--y}} b | {{x--y}} | cannot be the name",
                "a {{x.}} b | {{x.}} | cannot be the name",
                "a {{0}} b | {{0}} | cannot be the name",
                "a {{it's}} b | {{it's}} | cannot be the name",
                "a {{x | {{x | never closed",
                "a {{x} b | {{x} b | never closed",
                "a {{#s}} b | {{#s}} | never ends",
                "{{#s}}{{#t}}{{/t}} b | {{#s}} | never ends",
                "a {{/s}} b | {{/s}} | never began",
                "{{#s}}a{{/t}} b | {{/t}} | has to end its section first",
                "{{#s}}{{#t}}{{/s}}{{/t}} | {{/s}} | {{/t}}",
                "{{^s}} b | {{^s}} | section for what is missing",
            })
    void refusesWhatTheLanguageDoesNotHave(String raw, String written, String why) {
        Tag refused = Tag.in(raw).stream()
                .filter(tag -> tag.kind() == Tag.Kind.REFUSED)
                .findFirst()
                .orElseThrow();

        assertThat(raw.substring(refused.start(), refused.end())).startsWith(written);
        assertThat(refused.refusal().orElseThrow()).contains(why);
    }

    @Test
    void findsSeveralRefusedTagsAtOnce() {
        assertThat(Tag.in("{{{x}}} {{>p}} {{y}}").stream().map(Tag::kind))
                .containsExactly(Tag.Kind.REFUSED, Tag.Kind.REFUSED, Tag.Kind.VALUE);
    }

    @Test
    void bearsSectionsWithoutEnd() {
        assertThat(Tag.in("{{#a}}".repeat(100_000)))
                .hasSizeLessThan(20)
                .anyMatch(tag -> tag.kind() == Tag.Kind.REFUSED);
    }

    @Test
    void knowsTheTagsOfTextsWithoutAny() {
        assertThat(Tag.in("@{a=@{b=1}} }} {")).isEmpty();
    }

    @Test
    void bearsAnyText() {
        Random random = new Random(20261121);
        List<String> parts = List.of(
                "{{", "}}", "{", "}", "#", "/", "^", ">", "<", "$", "!", "%", "=", "&", "*", "x", "y", ".", " ", "\n",
                "\r");
        for (int i = 0; i < 20_000; i++) {
            String raw = random.ints(random.nextInt(14), 0, parts.size())
                    .mapToObj(parts::get)
                    .collect(Collectors.joining());

            List<Tag> tags = Tag.in(raw);

            for (Tag tag : tags) {
                assertThat(tag.start()).as(raw).isBetween(0, tag.end());
                assertThat(tag.end()).as(raw).isLessThanOrEqualTo(raw.length());
                assertThat(tag.refusal().isPresent()).isEqualTo(tag.kind() == Tag.Kind.REFUSED);
                if (tag.kind() != Tag.Kind.REFUSED) {
                    assertThat(raw.substring(tag.start(), tag.end()))
                            .as(raw)
                            .startsWith("{{")
                            .endsWith("}}");
                }
            }
            assertThat(Fill.forPeople(FillTest.text(raw), Scope.EMPTY)).isNotNull();
        }
    }
}
