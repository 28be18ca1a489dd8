/** What is left to the owners of things, said in their own languages. Start at {@link io.cnishift.engine.owner.Asks}. */
@NullMarked
package io.cnishift.engine.owner;

import org.jspecify.annotations.NullMarked;
