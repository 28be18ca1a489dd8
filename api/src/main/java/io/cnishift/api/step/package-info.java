/**
 * Parameters of the built-in step kinds: a catalogue to look things up in, data and range checks only. A kind's id is the
 * record's name in kebab case. Their behaviour is the engine's.
 */
@NullMarked
package io.cnishift.api.step;

import org.jspecify.annotations.NullMarked;
