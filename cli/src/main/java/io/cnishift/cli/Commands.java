package io.cnishift.cli;

import com.google.inject.Injector;
import com.google.inject.Key;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Makes the objects that picocli asks for. picocli makes every command to read its options, so a command is given providers:
 * the parts behind them, and the injector itself, are made when the command that runs asks for them. Help, versions and
 * calculators wait for none of it.
 */
final class Commands implements CommandLine.IFactory {

    private final CommandLine.IFactory plain = CommandLine.defaultFactory();
    private final Supplier<Injector> wiring;
    private @Nullable Injector injector;

    Commands(Supplier<Injector> wiring) {
        this.wiring = wiring;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Optional<Constructor<?>> marked = Arrays.stream(type.getDeclaredConstructors())
                .filter(c -> c.isAnnotationPresent(Inject.class))
                .findFirst();
        if (marked.isEmpty()) {
            return plain.create(type);
        }
        Constructor<?> constructor = marked.get();
        constructor.setAccessible(true);
        Object[] providers = Arrays.stream(constructor.getGenericParameterTypes())
                .map(this::provider)
                .toArray();
        return type.cast(constructor.newInstance(providers));
    }

    private Provider<?> provider(Type parameter) {
        if (parameter instanceof ParameterizedType provider && provider.getRawType() == Provider.class) {
            Key<?> key = Key.get(provider.getActualTypeArguments()[0]);
            return () -> injector().getInstance(key);
        }
        throw new IllegalStateException("a command takes providers only, not " + parameter);
    }

    private Injector injector() {
        Injector made = injector;
        if (made == null) {
            made = wiring.get();
            injector = made;
        }
        return made;
    }
}
