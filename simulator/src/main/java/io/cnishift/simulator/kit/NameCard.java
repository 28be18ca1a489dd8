package io.cnishift.simulator.kit;

import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.Option;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.plan.OptionForm;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Whether a strategy is found and says who it is. */
final class NameCard {

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]+(-[A-Z0-9]+)*");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int SHORTEST = 20;

    private final MigrationStrategy strategy;

    NameCard(MigrationStrategy strategy) {
        this.strategy = strategy;
    }

    List<Violation> found() {
        boolean named = ServiceLoader.load(
                        MigrationStrategy.class, strategy.getClass().getClassLoader())
                .stream()
                .anyMatch(provider -> provider.type() == strategy.getClass());
        return named
                ? List.of()
                : List.of(new Violation(
                        "found",
                        strategy.getClass().getName() + " is not named in META-INF/services/"
                                + MigrationStrategy.class.getName()));
    }

    List<Violation> described() {
        StrategyDescriptor card = strategy.descriptor();
        List<Violation> wrong = new ArrayList<>();
        if (!card.equals(strategy.descriptor())) {
            wrong.add(new Violation("described", "descriptor() answers otherwise the second time"));
        }
        if (card.apiVersion() != StrategyDescriptor.API_VERSION) {
            wrong.add(new Violation("described", "it is written for api " + card.apiVersion()));
        }
        if (card.title().isBlank() || !card.summary().endsWith(".")) {
            wrong.add(new Violation("described", "it has no title, or its summary is no sentence with a full stop"));
        }
        card.codes().forEach((code, meaning) -> {
            if (!CODE.matcher(code).matches()) {
                wrong.add(new Violation("described", "code " + code + " is not upper-case words joined by hyphens"));
            }
            if (meaning.length() < SHORTEST || !meaning.endsWith(".")) {
                wrong.add(new Violation("described", "code " + code + " is not explained in sentences"));
            }
        });
        strategy.stepKinds().stream()
                .map(StepKind::id)
                .filter(this::badKind)
                .forEach(id -> wrong.add(new Violation(
                        "described",
                        "step kind " + id + " is one of cnishift, or not lower-case words joined by hyphens")));
        strategy.probes().stream()
                .filter(probe ->
                        !CODE.matcher(probe.code()).matches() || probe.title().isBlank())
                .map(Probe::code)
                .forEach(
                        code -> wrong.add(new Violation("described", "probe " + code + " has a bad code or no title")));
        return wrong;
    }

    List<Violation> documented() {
        Class<? extends Record> type = strategy.descriptor().options();
        List<Violation> wrong = new ArrayList<>();
        Map<String, Object> examples = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Option option = component.getAnnotation(Option.class);
            if (option == null
                    || !option.description().endsWith(".")
                    || option.example().isBlank()) {
                wrong.add(new Violation(
                        "documented", "option " + component.getName() + " has no sentence, or no example"));
            } else if (component.getType() != Map.class) {
                examples.put(component.getName(), option.example());
            }
        }
        if (wrong.isEmpty()) {
            OptionForm form = new OptionForm(Codec.builder().build());
            // each alone: there are options that exclude one another
            examples.forEach((name, example) -> form.decode(type, Map.of(name, example), "examples")
                    .fold(fine -> List.<Problem>of(), problems -> problems)
                    .forEach(problem -> wrong.add(new Violation(
                            "documented", "the example of option " + problem.path() + ": " + problem.message()))));
        }
        return wrong;
    }

    private boolean badKind(String id) {
        return !KIND.matcher(id).matches()
                || StepKinds.all().stream().anyMatch(type -> StepKinds.id(type).equals(id));
    }
}
