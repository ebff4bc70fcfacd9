// DuckDB in this process, in memory, with its own choice of threads: one line of JSON for each thing measured.
//   node duckdb.mjs SPLIT QUESTIONS.json
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { DuckDBInstance } = createRequire(`${process.cwd()}/`)('@duckdb/node-api');
const [split, questionFile] = process.argv.slice(2);
const questions = JSON.parse(readFileSync(questionFile, 'utf8'));
const repeats = 5;

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const run = (sql) => connection.run(sql);

function memory() {
    const status = readFileSync('/proc/self/status', 'utf8');
    const bytes = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) * 1024;
    return { anonymous: bytes('RssAnon'), peak: bytes('VmHWM') };
}

// CPU milliseconds of all threads.
async function timed(work) {
    const before = process.cpuUsage();
    const result = await work();
    const spent = process.cpuUsage(before);
    return [(spent.user + spent.system) / 1000, result];
}

const tell = (what, cpu, more = {}) => console.log(JSON.stringify({ what, cpu, ...more }));
const list = (mids) => mids.map((mid) => `'${mid}'`).join(', ');

// The full answer is made and fetched as DuckDB has it, in vectors; no JavaScript value is made of a row.
async function fetchAll(sql) {
    const result = await connection.stream(sql);
    let rows = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
        rows += chunk.rowCount;
    return rows;
}

async function measure(what, sql, sum = 'sum(row)') {
    let best = Infinity;
    let hits = 0;
    for (let i = 0; i < repeats; ++i) {
        const [cpu, rows] = await timed(() => fetchAll(sql));
        best = Math.min(best, cpu);
        hits = rows;
    }
    const check = await connection.runAndReadAll(
        `SELECT ${sum}::BIGINT::VARCHAR FROM (SELECT *, row_number() OVER () AS place FROM (${sql}))`);
    tell(what, best, { hits, sum: check.getRows()[0][0] });
}

// A separator of two characters and no guessing, or it refuses the file.
const before = memory();
const [open] = await timed(() => run(`CREATE TABLE raw AS SELECT * FROM read_csv('${split}', auto_detect = false,
    delim = ', ', quote = '"', escape = '"', header = false, skip = 3,
    columns = {ytid: 'VARCHAR', start: 'VARCHAR', stop: 'VARCHAR', labels: 'VARCHAR'})`));
const after = memory();
tell('open', open, { kept: after.anonymous - before.anonymous, peak: after.peak - before.peak });

const [lists] = await timed(() => run(`CREATE TABLE lists AS SELECT rowid::UINTEGER AS row, ytid,
    start::DOUBLE AS start, stop::DOUBLE AS stop, string_split(labels, ',') AS labels FROM raw`));
tell('prepare lists', lists);
const [sets] = await timed(async () => {
    await run(`CREATE TABLE sets AS SELECT (row_number() OVER ())::UINTEGER AS set, labels
        FROM (SELECT DISTINCT labels FROM raw)`);
    await run(`CREATE TABLE setted AS SELECT raw.rowid::UINTEGER AS row, set
        FROM raw JOIN sets USING (labels) ORDER BY row`);
    await run("CREATE OR REPLACE TABLE sets AS SELECT set, string_split(labels, ',') AS labels FROM sets");
});
tell('prepare sets', sets);
const [postings] = await timed(() => run(`CREATE TABLE postings AS
    SELECT label, row FROM (SELECT unnest(labels) AS label, row FROM lists) ORDER BY label, row`));
tell('prepare postings', postings);

for (const [name, { any, all, none }] of Object.entries(questions.labels)) {
    const has = (mid) => `list_contains(labels, '${mid}')`;
    const rest = [...all.map(has), ...none.map((mid) => `NOT ${has(mid)}`)];
    const where = [...rest, ...(any.length ? [`(${any.map(has).join(' OR ')})`] : [])].join(' AND ');
    await measure(`${name}/lists`, `SELECT row FROM lists WHERE ${where}`);
    if (any.length > 1) {
        const hasAny = [...rest, `list_has_any(labels, [${list(any)}])`].join(' AND ');
        await measure(`${name}/lists, list_has_any`, `SELECT row FROM lists WHERE ${hasAny}`);
    }
    await measure(`${name}/sets`, `SELECT row FROM setted WHERE set IN (SELECT set FROM sets WHERE ${where})`);
    const of = (mids) => `SELECT row FROM postings WHERE label IN (${list(mids)})`;
    const parts = [...all.map((mid) => of([mid])), ...(any.length ? [of(any)] : [])];
    const posted = parts.length === 1 && none.length === 0
        ? (any.length > 1 ? parts[0].replace('SELECT', 'SELECT DISTINCT') : parts[0])
        : parts.join(' INTERSECT ') + (none.length ? ` EXCEPT ${of(none)}` : '');
    await measure(`${name}/postings`, posted);
    if (name === 'classes') // a word is sought in ids as well
        await measure('word/postings', `${posted} UNION SELECT rowid FROM raw WHERE ytid ILIKE '%guitar%'`);
}
await measure('id/raw', "SELECT rowid AS row FROM raw WHERE contains(ytid, 'aB3')");
await measure('duration/lists', 'SELECT row FROM lists WHERE stop - start < 10');
// Ties are not put into the order of the file, which is cheaper.
await measure('sort/lists', 'SELECT row, start FROM lists ORDER BY start', 'sum(start * place)');
