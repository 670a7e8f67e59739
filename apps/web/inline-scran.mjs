// Puts scran.js, its Wasm and the script of its threads into the bundle, so that nothing is fetched once the page has loaded, and lets it
// run where the page's policy forbids to make code from text. Each place of it that has to change is rewritten here, and one that is not
// found stops the build.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = join(dirname(createRequire(import.meta.url).resolve('scran.js/package.json')), 'browser');
const inlined = 'virtual:inlined-scran';

/** @returns {import('vite').Plugin} */
export function inlineScran() {
  return {
    name: 'inline-scran',
    enforce: 'pre',
    resolveId: (id) => (id === inlined ? `\0${inlined}` : null),
    load: (id) => (id === `\0${inlined}` ? inlinedModule() : null),
    transform: (code, id) => {
      const path = id.replaceAll('\\', '/').replace(/\?.*$/, '');
      if (path.endsWith('/scran.js/browser/wasm.js')) return { code: loaderWithBinary(code), map: null };
      if (path.endsWith('/scran.js/browser/wasm/scran.js')) return { code: mainScript(code), map: null };
      return null;
    },
  };
}

function inlinedModule() {
  const wasm = gzipSync(readFileSync(join(folder, 'wasm/scran.wasm')), { level: 9 }).toString('base64');
  const script = rewritten(readFileSync(join(folder, 'wasm/scran.js'), 'utf8'));
  return `
    const wasm = ${JSON.stringify(wasm)};
    const script = ${JSON.stringify(script)};
    export async function wasmBinary() {
      const bytes = Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
      return new Response(stream).arrayBuffer();
    }
    let address = null;
    export function threadScript() {
      address ??= URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
      return address;
    }`;
}

function loaderWithBinary(code) {
  const withBinary = replaced(code, 'await loadScran(options)', 'await loadScran({ ...options, wasmBinary: await wasmBinary() })');
  return `import { wasmBinary } from '${inlined}';\n${withBinary}`;
}

function mainScript(code) {
  const own = 'new Worker(new URL("scran.js",import.meta.url),workerOptions)';
  return `import { threadScript } from '${inlined}';\n${rewritten(replaced(code, own, 'new Worker(threadScript(),workerOptions)'))}`;
}

function rewritten(code) {
  return withoutGeneratedCode(withoutAddresses(code));
}

/** The Wasm is always given; its address is not needed, and cannot be made from that of an inlined script. */
function withoutAddresses(code) {
  return replaced(code, 'new URL("scran.wasm",import.meta.url).href', '"scran.wasm"').replaceAll('import.meta.url', '""');
}

/**
 * Embind makes a function for each binding by `new Function`, which the page's policy forbids. These do the same as the text it makes,
 * as Emscripten itself does where it is built with -sDYNAMIC_EXECUTION=0.
 */
function withoutGeneratedCode(code) {
  const invoker = replaced(
    code,
    'let[args,invokerFnBody]=createJsInvoker(argTypes,isClassMethodFunc,returns,isAsync);args.push(invokerFnBody);var invokerFn=newFunc(Function,args)(...closureArgs);',
    `var invokerFn=function(...given){
      var destructors=needsDestructorStack?[]:null;
      var wired=[];
      if(isClassMethodFunc)wired.push(argTypes[1]["toWireType"](destructors,this));
      for(var i=0;i<argCount-2;++i)wired.push(argTypes[i+2]["toWireType"](destructors,given[i]));
      var rv=cppInvokerFunc(cppTargetFunc,...wired);
      if(needsDestructorStack)runDestructors(destructors);
      else{var skip=isClassMethodFunc?1:2;for(var i=skip;i<argTypes.length;++i){if(argTypes[i].destructorFunction!==null)argTypes[i].destructorFunction(wired[i-skip])}}
      if(returns)return argTypes[0]["fromWireType"](rv);
    };`,
  );
  return replaced(
    invoker,
    'var invokerFunction=newFunc(Function,params)(...args);',
    `var invokerFunction=function(obj,func,destructorsRef,args){
      var offset=0;
      var read=types.map(type=>{var value=type.readValueFromPointer(args+offset);offset+=type.argPackAdvance;return value});
      var rv=kind===1?new func(...read):kind===0?func.call(obj,...read):func.call(...read);
      if(!retType.isVoid)return emval_returnValue(retType,destructorsRef,rv);
    };`,
  );
}

function replaced(code, from, to) {
  if (code.split(from).length !== 2) throw new Error(`scran.js has changed: "${from}" is not in it once.`);
  return code.replace(from, () => to);
}
