// What a page holds: JavaScript's heap after a collection, the memory of WebAssembly, objects on the graphics card.

import type { Page } from "@playwright/test";

export interface Held {
  /** Bytes of JavaScript objects in use. */
  heap: number;
  /** Bytes of all WebAssembly memories; they never shrink. */
  wasm: number;
  /** Textures, buffers, programs, shaders that were made and not deleted. */
  glObjects: number;
}

interface Watched {
  beamdeckMemories: WebAssembly.Memory[];
  beamdeckGlObjects: number;
}

/** Watches a page from its first moment on. */
export async function watchMemory(page: Page): Promise<{ now(): Promise<Held> }> {
  await page.addInitScript(() => {
    const watched = window as unknown as Watched;
    watched.beamdeckMemories = [];
    watched.beamdeckGlObjects = 0;
    const keep = (instance: WebAssembly.Instance) => {
      for (const it of Object.values(instance.exports)) {
        if (it instanceof WebAssembly.Memory && !watched.beamdeckMemories.includes(it)) {
          watched.beamdeckMemories.push(it);
        }
      }
    };
    const { instantiateStreaming, instantiate } = WebAssembly;
    const kept = (result: WebAssembly.WebAssemblyInstantiatedSource | WebAssembly.Instance) => {
      keep("instance" in result ? result.instance : (result as WebAssembly.Instance));
      return result;
    };
    Object.assign(WebAssembly, {
      instantiateStreaming: (...args: Parameters<typeof instantiateStreaming>) =>
        instantiateStreaming(...args).then(kept),
      instantiate: (...args: Parameters<typeof instantiate>) => instantiate(...args).then(kept),
    });
    const gl = WebGL2RenderingContext.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const kind of ["Texture", "Buffer", "Program", "Shader", "Framebuffer", "VertexArray"]) {
      for (const [verb, step] of [["create", 1], ["delete", -1]] as const) {
        const plain = gl[`${verb}${kind}`];
        if (plain === undefined) continue;
        gl[`${verb}${kind}`] = function (this: unknown, ...args: unknown[]) {
          watched.beamdeckGlObjects += step;
          return Reflect.apply(plain, this, args);
        };
      }
    }
  });
  const session = await page.context().newCDPSession(page);
  return {
    async now() {
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      const own = await page.evaluate(() => {
        const watched = window as unknown as Watched;
        const wasm = watched.beamdeckMemories.reduce((sum, it) => sum + it.buffer.byteLength, 0);
        return { wasm, glObjects: watched.beamdeckGlObjects };
      });
      return { heap: usedSize, ...own };
    },
  };
}
