export { type FailureMode, fakeProvider, type FakeProvider } from './testing/fake.ts'
export { describeProvider, type ProviderControls } from './testing/provider.ts'
export { samplePayment, sampleRequest, sampleRiskFacts } from './testing/samples.ts'
